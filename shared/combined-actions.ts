import { z } from 'zod'
import { ReplyDraft } from './drafts.ts'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { Amount, Money } from './money.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { ACTION_READERS, ADMINS, LEADS, PEOPLE_AT_WORK, SETTING_READERS } from './roles.ts'

const Instant = z.iso.datetime()

/** Things that a combined action does outside, in the order in which they are done. */
export const STEP_KINDS = ['hold', 'reship', 'refund', 'cancel', 'gift_card', 'tag', 'release'] as const
export const StepKind = z.enum(STEP_KINDS)
export type StepKind = z.infer<typeof StepKind>

/**
 * waiting_approval: nobody with enough rights has agreed yet · undoable: the undo window runs · running · parked: a person must look ·
 * done: every step is final · undone: taken back before anything left · declined: an approver said no · stopped: ended by a person with some
 * steps done.
 */
export const ACTION_STATES = [
  'waiting_approval',
  'undoable',
  'running',
  'parked',
  'done',
  'undone',
  'declined',
  'stopped',
] as const
export const ActionState = z.enum(ACTION_STATES)
export type ActionState = z.infer<typeof ActionState>

/** An order has at most one action in one of these. */
export const OPEN_STATES = ['waiting_approval', 'undoable', 'running', 'parked'] as const

/** waiting: Shopify works on it · unknown: sent, no answer, looked up before anything is sent again · dropped: not done any more. */
export const STEP_STATES = [
  'planned',
  'running',
  'waiting',
  'done',
  'refused',
  'unknown',
  'needs_person',
  'dropped',
] as const
export const StepState = z.enum(STEP_STATES)
export type StepState = z.infer<typeof StepState>

/** Why an action needs a second person. */
export const APPROVAL_CAUSES = [
  'action_limit',
  'order_limit',
  'customer_year_limit',
  'agent_day_limit',
  'shop_day_limit',
  'staff_address',
  'open_dispute',
] as const
export const ApprovalCause = z.enum(APPROVAL_CAUSES)
export type ApprovalCause = z.infer<typeof ApprovalCause>

export const PRESETS = ['spillage', 'lost_parcel', 'wrong_item', 'late', 'changed_mind'] as const
/** A preset, one part alone, or an empty form. */
export const ACTION_STARTS = [...PRESETS, 'refund', 'gift_card', 'reship', 'cancel', 'blank'] as const
export const ActionStart = z.enum(ACTION_STARTS)
export type ActionStart = z.infer<typeof ActionStart>

/** Two-letter languages; `en` is always there. */
const Labels = z
  .record(z.string().regex(/^[a-z]{2}$/), z.string().trim().min(1).max(80))
  .refine((labels) => labels['en'], {
    message: 'A reason needs its English label',
  })

export const ReasonCode = z.object({
  /** Stable: figures and exports name it for ever. */
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]{1,39}$/, 'A reason is named in small letters, digits and _, for example spilled'),
  labels: Labels,
  /** Shopify's OrderCancelReason and RefundInput.discrepancyReason. */
  cancelReason: z.enum(['CUSTOMER', 'DECLINED', 'FRAUD', 'INVENTORY', 'OTHER', 'STAFF']),
  discrepancy: z.enum(['CUSTOMER', 'DAMAGE', 'OTHER', 'RESTOCK']),
  /** Whether a sentence of the agent must come with it. */
  needsText: z.boolean(),
  /** Not offered any more; never deleted. */
  retired: z.boolean(),
})
export type ReasonCode = z.infer<typeof ReasonCode>

/** Amounts in hundredths of the shop's currency, also where it has none (10_000 is 100 yen) or thousandths; null is no limit. */
const Limit = z.int().min(0).max(1_000_000_000).nullable()
export const RoleLimits = z.object({ action: Limit, order: Limit, customerYear: Limit, agentDay: Limit })
export const ActionSettings = z.object({
  /** Seconds in which an action can be taken back; 0 is none. */
  undoSeconds: z.int().min(0).max(120),
  limits: z.object({ agent: RoleLimits, supervisor: RoleLimits, admin: RoleLimits }),
  /** Over everybody, a day in the shop's time zone. */
  shopDay: Limit,
})
export type ActionSettings = z.infer<typeof ActionSettings>

export const StepView = z.object({
  id: z.uuid(),
  kind: StepKind,
  state: StepState,
  /** In plain words, what it does or did. */
  words: z.string(),
  /** Shopify's reason and what to do; null while all is well. */
  problem: z.string().nullable(),
  amount: Amount.nullable(),
  doneAt: Instant.nullable(),
})
export type StepView = z.infer<typeof StepView>

export const ActionView = z.object({
  id: z.uuid(),
  ticketId: z.uuid(),
  orderId: z.uuid(),
  orderNumber: z.string(),
  state: ActionState,
  /** Who confirmed it. */
  by: z.object({ id: z.uuid(), name: z.string() }),
  /** Who looks after it: who confirmed it, until it is handed over. */
  keeper: z.object({ id: z.uuid(), name: z.string() }),
  createdAt: Instant,
  /** When the first step leaves; null when it has, or when nobody knows yet. */
  leavesAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  reason: z.string(),
  steps: z.array(StepView),
  causes: z.array(ApprovalCause),
  problem: z.string().nullable(),
  /** What this person may do now. */
  may: z.array(z.enum(['undo', 'resume', 'stop', 'review_again', 'approve', 'draft_answer'])),
})
export type ActionView = z.infer<typeof ActionView>

/** An action of the caller that is not over, for the top of every card. */
export const RunningAction = z.object({
  id: z.uuid(),
  ticketId: z.uuid(),
  orderNumber: z.string(),
  state: ActionState,
  /** «Refund £12.00, gift card £5.00» */
  words: z.string(),
  /** Whole seconds in which it can be taken back; null when it cannot. */
  undoSeconds: z.int().nullable(),
  problem: z.string().nullable(),
})
export type RunningAction = z.infer<typeof RunningAction>

const OnOrder = '/v1/tickets/:ticketId/orders/:orderId' as const
const tags = ['combined actions']

export const startActionDraft = endpoint('POST', `${OnOrder}/action-drafts`, {
  summary: 'Begins a combined action on an order: the first card of the form, filled from the state of the order',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: PanelFields.extend({ start: ActionStart.optional() }),
  reply: PanelCard,
  tags,
})

export const DRAFT_PAGES = ['what', 'details', 'review'] as const
export const DraftPage = z.enum(DRAFT_PAGES)
export type DraftPage = z.infer<typeof DraftPage>

export const turnActionDraft = endpoint('PUT', '/v1/tickets/:ticketId/action-drafts/:draftId/pages/:page', {
  summary: 'Keeps what was typed into a form and answers with the page that was asked for, or with what is wrong',
  callers: PEOPLE_AT_WORK,
  /** Where the lines of a long order go on. */
  query: z.object({ line: z.coerce.number().int().min(0).max(10_000).default(0) }),
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const confirmActionDraft = endpoint('POST', '/v1/tickets/:ticketId/action-drafts/:draftId/confirmation', {
  summary: 'Confirms the reviewed form; pressed twice it is one action',
  callers: PEOPLE_AT_WORK,
  /** The plan that was on the card; another one than was reviewed last is not confirmed but shown. */
  query: z.object({ review: z.uuid().optional() }),
  body: PanelFields,
  reply: PanelCard,
  tags,
})

/** The same as the form, for programs: states the whole intention, and is refused when the order is not what the caller saw. */
const Lines = z.array(z.object({ lineId: z.string().max(100), quantity: z.int().min(1).max(10_000) })).max(250)
const StepReason = z.string().max(40).nullable().default(null)
const Notify = z.boolean().default(false)

/** Text that somebody types. @param what as they know it */
const typed = (what: string, most: number) =>
  z.string().trim().max(most, `${what} may have ${most} characters. Shorten it.`)

export const Address = z.object({
  firstName: typed('The first name', 100),
  lastName: typed('The family name', 100).min(1, 'The address needs a family name'),
  company: typed('The company', 100).default(''),
  address1: typed('The street', 200).min(1, 'The address needs a street'),
  address2: typed('The flat or floor', 200).default(''),
  city: typed('The town', 100).min(1, 'The address needs a town'),
  province: typed('The state or county', 100).default(''),
  zip: typed('The postcode', 20).default(''),
  country: z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters, for example GB'),
  phone: typed('The phone number', 40).default(''),
})
export type Address = z.infer<typeof Address>

export const Payee = z.object({
  name: typed('The name of the payee', 140).min(1, 'Who gets the money?'),
  account: typed('The account', 140).min(4, 'Where does the money go? An IBAN, for example'),
})
export type Payee = z.infer<typeof Payee>

export const ActionInput = z.object({
  reason: z.object({ code: z.string().max(40), text: typed('What you say about the reason', 500).default('') }),
  /** Line ids that were hit, for figures. */
  hit: z.array(z.string().max(100)).max(250).default([]),
  /** The whole order, or lines that have not been sent. */
  cancel: z
    .object({ lines: Lines.nullable(), restock: z.boolean().default(true), notify: Notify, reason: StepReason })
    .nullable()
    .default(null),
  reship: z
    .object({
      lines: z
        .array(
          z.object({
            lineId: z.string().max(100),
            quantity: z.int().min(1).max(10_000),
            /** Another variant to send instead. */
            variantId: z.string().max(100).nullable().default(null),
          }),
        )
        .min(1, 'Choose what is sent again')
        .max(250),
      address: Address,
      method: typed('The shipping method', 100).min(1, 'How is it sent? Type in a shipping method'),
      /** The shop, or the customer for the sending. */
      pays: z.enum(['shop', 'customer']).default('shop'),
      fee: Money.nullable().default(null),
      notify: Notify,
      reason: StepReason,
    })
    .nullable()
    .default(null),
  refund: z
    .object({
      what: z.enum(['all', 'lines', 'shipping', 'amount']),
      lines: Lines.default([]),
      shipping: z.boolean().default(false),
      /** What the customer gets, in the customer's currency; null is all that `what` comes to. */
      amount: Money.nullable().default(null),
      to: z.enum(['original', 'store_credit', 'payout']).default('original'),
      payee: Payee.nullable().default(null),
      notify: Notify,
      reason: StepReason,
    })
    .nullable()
    .default(null),
  giftCard: z
    .object({
      /** In the shop's currency. */
      amount: Money,
      expiresOn: z.iso.date('Choose the last day of the gift card from the calendar').nullable().default(null),
      message: typed('The message', 200).default(''),
      notify: z.boolean().default(true),
      reason: StepReason,
    })
    .nullable()
    .default(null),
})
export type ActionInput = z.infer<typeof ActionInput>

export const createCombinedAction = endpoint('POST', `${OnOrder}/combined-actions`, {
  summary: 'Plans and confirms a combined action in one call, without the form',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: ActionInput,
  reply: ActionView,
  tags,
})

export const listCombinedActions = endpoint('GET', '/v1/combined-actions', {
  summary:
    'Combined actions, newest first: all, the open ones, the caller’s own, or those that wait for the caller’s approval',
  callers: ACTION_READERS,
  query: PageQuery.extend({ view: z.enum(['all', 'open', 'mine', 'to_approve']).default('open') }),
  reply: page(ActionView),
  tags,
})

export const getCombinedAction = endpoint('GET', '/v1/combined-actions/:actionId', {
  summary: 'One combined action with its steps',
  callers: ACTION_READERS,
  reply: ActionView,
  tags,
})

export const showActionProgress = endpoint('GET', '/v1/combined-actions/:actionId/card', {
  summary: 'The progress card of a combined action',
  callers: ACTION_READERS,
  reply: PanelCard,
  tags,
})

const press = <P extends string>(path: P, summary: string) =>
  endpoint('POST', `/v1/combined-actions/:actionId/${path}`, {
    summary,
    callers: PEOPLE_AT_WORK,
    body: PanelFields,
    reply: PanelCard,
    tags,
  })

export const undoAction = press('undoing', 'Takes an action back while nothing has left; says what it stopped')
export const resumeAction = press('resumption', 'Goes on with a parked action')
export const stopAction = press('stopping', 'Ends a parked action: what is done stays, the rest is not done')
export const reviewActionAgain = press('revision', 'Opens the form again with what a parked action has not done')

export const draftActionAnswer = endpoint('POST', '/v1/combined-actions/:actionId/reply-drafts', {
  summary: 'Prepares the answer to the customer: it names only what was done',
  callers: PEOPLE_AT_WORK,
  looksUp: true,
  body: z.object({}),
  reply: ReplyDraft,
  tags,
})

const DecisionWord = z.string().trim().max(500).default('')
export const approveAction = endpoint('POST', '/v1/combined-actions/:actionId/approval', {
  summary: 'Agrees to an action that waits for approval, as it is or with lower amounts',
  callers: LEADS,
  body: z.object({
    refund: Money.nullable().default(null),
    giftCard: Money.nullable().default(null),
    word: DecisionWord,
  }),
  reply: ActionView,
  tags,
})

export const declineAction = endpoint('POST', '/v1/combined-actions/:actionId/refusal', {
  summary: 'Says no to an action that waits for approval, with a word to the agent',
  callers: LEADS,
  body: z.object({ word: z.string().trim().min(1, 'Say why, in a word to the agent').max(500) }),
  reply: ActionView,
  tags,
})

export const listReasonCodes = endpoint('GET', '/v1/reason-codes', {
  summary: 'Reason codes in their order, retired ones last; 200 at most',
  callers: SETTING_READERS,
  reply: z.object({ items: z.array(ReasonCode) }),
  tags,
})

export const writeReasonCode = endpoint('PUT', '/v1/reason-codes/:code', {
  summary: 'Creates, rewords or retires a reason code',
  callers: ADMINS,
  body: ReasonCode.omit({ id: true }),
  reply: ReasonCode,
  tags,
})

export const getActionSettings = endpoint('GET', '/v1/action-settings', {
  summary: 'Undo window and limits',
  callers: SETTING_READERS,
  reply: ActionSettings,
  tags,
})

export const writeActionSettings = endpoint('PUT', '/v1/action-settings', {
  summary: 'Sets undo window and limits',
  callers: ADMINS,
  body: ActionSettings,
  reply: ActionSettings,
  tags,
})

const Held = z.object({
  /** Actions that waited, or would have waited, for a second person because of a limit. */
  actions: z.int(),
  /** What they are worth. */
  values: z.array(Amount),
})

/** What other limits would have made of the actions of the last 90 days. */
export const LimitsTrial = z.object({
  /** All that were confirmed. */
  actions: z.int(),
  values: z.array(Amount),
  /** By the limits of today, and by those that are tried. */
  was: Held,
  will: Held,
  /** Whose actions change. */
  people: z.array(z.object({ staffId: z.uuid(), name: z.string(), held: z.int(), freed: z.int() })),
  /** The newest 200 that change. */
  changed: z.array(
    z.object({
      actionId: z.uuid(),
      ticketId: z.uuid(),
      at: z.iso.datetime(),
      value: Amount,
      willBeHeld: z.boolean(),
      /** Which limits it passes, as tried; as of today for one that is not held any more. */
      words: z.array(z.string()),
    }),
  ),
  /** Older ones of the 90 days that are left out because there are too many; 0 usually. */
  leftOut: z.int(),
})
export type LimitsTrial = z.infer<typeof LimitsTrial>

export const tryActionSettings = endpoint('POST', '/v1/action-settings-trials', {
  summary: 'Tries limits on the actions of the last 90 days and changes nothing',
  callers: ADMINS,
  looksUp: true,
  body: ActionSettings,
  reply: LimitsTrial,
  tags,
})
