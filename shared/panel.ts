import { z } from 'zod'

/**
 * A card as the backend describes it, for flows whose fields follow from the state of an order and from the rules of a workspace. The
 * add-on draws it, a page can draw the same (docs/decisions/010-cards-that-the-backend-describes.md). An instant in a text is written as
 * `{{2026-11-20T14:05:00.000Z}}`, and shown by the clock and calendar of whoever reads.
 */

/** What a press does. A path is one of our API; whoever changes it on its way meets the same checks as every caller. */
export const PanelPress = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('call'),
    method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
    path: z.string().startsWith('/v1/'),
    /** Idempotency-Key of this press; null when nothing is written. */
    key: z.string().nullable(),
    /** The answer replaces this card, or is laid on top of it. */
    lay: z.enum(['update', 'push']),
  }),
  /**
   * Changes the ticket whose card this stands on, or lies on top of; the path answers with a TicketCardView, and that card is brought up
   * to date.
   */
  z.object({
    kind: z.literal('change'),
    method: z.enum(['POST', 'PUT', 'DELETE']),
    path: z.string().startsWith('/v1/'),
    key: z.string(),
    /** Sent as it is, with the text of each field in `takes` put into it by its name. */
    body: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    /** `note`, or `note:text` when the body has another name for it. */
    takes: z.array(z.string()),
    /** Fields that must not be empty: the client keeps the press back until something is in them. */
    needs: z.array(z.string()).optional(),
    /** Said once it is done. */
    say: z.string(),
  }),
  z.object({ kind: z.literal('link'), url: z.string() }),
  /** Opens a draft in Gmail; the path answers with a ReplyDraft. */
  z.object({ kind: z.literal('draft'), path: z.string().startsWith('/v1/') }),
  /** Back to the ticket's card, brought up to date, in place of this card. */
  z.object({ kind: z.literal('ticket'), ticketId: z.uuid() }),
  /** Looks at the open mail anew. Only on cards that stand beside a mail. */
  z.object({ kind: z.literal('mail') }),
  /** Lays the card of a ticket on top of this one. */
  z.object({ kind: z.literal('open'), ticketId: z.uuid() }),
])
export type PanelPress = z.infer<typeof PanelPress>

export const PanelButton = z.object({
  label: z.string(),
  press: PanelPress,
  filled: z.boolean().default(false),
  /** Why it cannot be pressed; null while it can. */
  off: z.string().nullable().default(null),
})
export type PanelButton = z.infer<typeof PanelButton>

const Choice = z.object({ value: z.string(), label: z.string(), chosen: z.boolean() })

export const PanelWidget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), tone: z.enum(['plain', 'remark', 'warning']) }),
  z.object({
    kind: z.literal('fact'),
    label: z.string(),
    text: z.string(),
    below: z.string().nullable(),
    press: PanelPress.nullable(),
  }),
  z.object({
    kind: z.literal('input'),
    name: z.string(),
    label: z.string(),
    value: z.string(),
    /** The limit beside the field, or an example. */
    hint: z.string(),
    lines: z.boolean(),
  }),
  /** A drop-down; with `press` it acts as soon as another choice is made. */
  z.object({
    kind: z.literal('pick'),
    name: z.string(),
    label: z.string(),
    choices: z.array(Choice).max(100),
    press: PanelPress.nullable(),
  }),
  /** Boxes of which any number may be ticked. */
  z.object({ kind: z.literal('check'), name: z.string(), label: z.string(), choices: z.array(Choice).max(100) }),
  z.object({ kind: z.literal('date'), name: z.string(), label: z.string(), value: z.iso.date().nullable() }),
  z.object({ kind: z.literal('buttons'), buttons: z.array(PanelButton).max(6) }),
])
export type PanelWidget = z.infer<typeof PanelWidget>

export const PanelSection = z.object({
  title: z.string().nullable(),
  /** Only so many widgets show until it is opened; null shows all. */
  folded: z.int().nullable(),
  widgets: z.array(PanelWidget),
})
export type PanelSection = z.infer<typeof PanelSection>

export const PanelCard = z.object({
  title: z.string(),
  subtitle: z.string().nullable(),
  sections: z.array(PanelSection),
  /** Said once, at the bottom of the window; null for nothing. */
  say: z.string().nullable(),
})
export type PanelCard = z.infer<typeof PanelCard>

/** What was typed and chosen, by the name of its field; a field that was not touched may be missing. Dates are YYYY-MM-DD. */
export const PanelFields = z.object({
  fields: z.record(z.string().max(100), z.array(z.string().max(5_000)).max(100)).default({}),
})
export type PanelFields = z.infer<typeof PanelFields>
