import { z } from 'zod'
import { ActionInput, type StepKind, StepKind as StepKinds } from '../../../shared/combined-actions.ts'
import { Money } from '../../../shared/money.ts'

const Gid = z.string().startsWith('gid://shopify/')

/** Written into Shopify with every effect, so that it is found again and known as ours: `ca:<action>:<step>`. */
export const markOf = (actionId: string, kind: StepKind): string => `ca:${actionId}:${kind}`

/** What a mark in Shopify names; null for what is no mark of ours. */
export function readMark(text: string): { actionId: string; kind: StepKind } | null {
  const [, actionId, name] = /^ca:([0-9a-f-]{36}):([a-z_]+)$/.exec(text) ?? []
  const kind = StepKinds.safeParse(name)
  return actionId !== undefined && kind.success ? { actionId, kind: kind.data } : null
}

/** Exactly what will be sent: fixed when the action is confirmed, before anything leaves. Amounts in the currency that Shopify takes them in. */
const Hold = z.object({
  kind: z.literal('hold'),
  orderId: Gid,
  fulfilmentOrderIds: z.array(Gid),
  /** Unique per app and fulfilment order: the same hold twice is one. */
  handle: z.string(),
  notes: z.string(),
})

const Reship = z.object({
  kind: z.literal('reship'),
  /** Value of the unique metafield, source identifier, and found again by both. */
  mark: z.string(),
  orderId: Gid,
  customerId: Gid.nullable(),
  email: z.string().nullable(),
  lines: z.array(z.object({ variantId: Gid, quantity: z.int(), title: z.string() })),
  address: z.record(z.string(), z.string()),
  method: z.string(),
  /** What the customer pays for the sending; zero when the shop pays. */
  fee: Money,
  currency: z.string(),
  note: z.string(),
  tags: z.array(z.string()),
  notify: z.boolean(),
})

const Refund = z.object({
  kind: z.literal('refund'),
  mark: z.string(),
  orderId: Gid,
  /** Set when the customer paid in another currency than the shop's. */
  currency: z.string().nullable(),
  notify: z.boolean(),
  discrepancy: z.enum(['CUSTOMER', 'DAMAGE', 'OTHER', 'RESTOCK']),
  lines: z.array(
    z.object({
      lineId: Gid,
      quantity: z.int(),
      restock: z.enum(['CANCEL', 'RETURN', 'NO_RESTOCK']),
      locationId: Gid.nullable(),
    }),
  ),
  shipping: z.union([z.literal('all'), Money]).nullable(),
  transactions: z.array(z.object({ parentId: Gid, gateway: z.string(), amount: Money })),
  storeCredit: z.object({ amount: Money }).nullable(),
})

const Cancel = z.object({
  kind: z.literal('cancel'),
  /** Goes into the staff note. */
  mark: z.string(),
  orderId: Gid,
  reason: z.enum(['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF']),
  restock: z.boolean(),
  notify: z.boolean(),
})

const GiftCard = z.object({
  kind: z.literal('gift_card'),
  /** Goes into the card's note. */
  mark: z.string(),
  /** The row of the issuance log, which holds the code. */
  issueId: z.uuid(),
  customerId: Gid.nullable(),
  amount: Money,
  expiresOn: z.iso.date().nullable(),
  message: z.string(),
  notify: z.boolean(),
})

const Tag = z.object({ kind: z.literal('tag'), orderId: Gid, tags: z.array(z.string()) })

const Release = z.object({ kind: z.literal('release'), orderId: Gid, handle: z.string() })

export const StepRequest = z.discriminatedUnion('kind', [Hold, Reship, Refund, Cancel, GiftCard, Tag, Release])
export type StepRequest = z.infer<typeof StepRequest>
export type RequestOf<K extends StepKind> = Extract<StepRequest, { kind: K }>

/**
 * How far fulfilments, refunds and lines of an order had come. Compared right before each step that moves money: what is ours is left out of
 * it, so any difference was made by somebody else.
 */
export const Standing = z.object({
  cancelled: z.boolean(),
  /** Refunds that do not bear our mark. */
  refunds: z.array(z.object({ id: Gid, minor: z.int() })),
  /** Parcels that are not cancelled. */
  parcels: z.array(Gid),
  /** What is left of each line, with what this action itself took away put back. */
  lines: z.array(z.object({ id: Gid, quantity: z.int() })),
})
export type Standing = z.infer<typeof Standing>

/** A step before it has a row. */
export const PlannedStep = z.object({
  kind: StepKinds,
  request: StepRequest,
  reasonCode: z.string(),
  /** «Refund £12.00 to Visa •••• 4242» */
  words: z.string(),
  /** In the shop's and in the customer's currency; null where no money moves. A reship counts at retail. */
  amount: Money.nullable(),
  customerAmount: Money.nullable(),
  tax: Money.nullable(),
  route: z.enum(['original', 'store_credit', 'payout']).nullable(),
  notify: z.boolean(),
})
export type PlannedStep = z.infer<typeof PlannedStep>

/** What is reviewed and then confirmed. */
export const Plan = z.object({
  /** Chosen here, because marks and keys are made of it. */
  actionId: z.uuid(),
  input: ActionInput,
  steps: z.array(PlannedStep),
  /** What the customer will get told, one sentence each; empty is «nothing». */
  notices: z.array(z.string()),
  standing: Standing,
})
export type Plan = z.infer<typeof Plan>

/** The sealed content of an action: all that its cards, its answer and its books need and that a row must not say in the open. */
export const ActionContent = z.object({
  plan: Plan,
  order: z.object({ name: z.string(), customer: z.string(), currency: z.string(), customerCurrency: z.string() }),
  /** What the order and the customer had got before, and get with this, in words. */
  compensation: z.string(),
  /** Addresses of whom it is for: nobody of them decides about it. */
  receivers: z.array(z.string()).default([]),
  /** How the order stood when it was found changed; whoever resumes the action accepts this and nothing later. */
  seen: Standing.nullable().optional(),
})
export type ActionContent = z.infer<typeof ActionContent>
