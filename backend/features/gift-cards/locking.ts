import { DeskError } from '../../platform/errors.ts'
import type { EntryState } from '../../platform/journal.ts'
import type { Tx } from '../../platform/tenancy.ts'
import type { WorkKind } from './work.ts'
import { workOf } from './work.ts'

export type LockedCard = {
  id: string
  shopId: string
  state: 'planned' | 'issued' | 'refused' | 'deactivated'
  last: string
  shopifyId: bigint | null
  customerShopifyId: bigint | null
  minor: bigint
  currency: string
  expiresOn: Date | null
  /** The shop's day. */
  today: Date
  ticketId: string | null
  orderId: string | null
  actionId: string | null
  reasonCode: string
  notify: boolean
  replacedById: string | null
  workKind: string | null
  workState: EntryState | null
}

/** Holds one card until the transaction ends. @throws DeskError not_found */
export async function lockCard(tx: Tx, id: string): Promise<LockedCard> {
  // Locked first: whoever waits for the row would join it to what the other side had not written yet.
  await tx.$executeRaw`select from desk.gift_card_issue where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid for update`
  const [row] = await tx.$queryRaw<LockedCard[]>`
    select g.id::text, g.shop_id::text as "shopId", g.state, g.last, g.shopify_id as "shopifyId", g.customer_shopify_id as "customerShopifyId", g.minor,
      g.currency, g.expires_on as "expiresOn", (${tx.now}::timestamptz at time zone s.time_zone)::date as today, g.ticket_id::text as "ticketId",
      g.order_id::text as "orderId", g.action_id::text as "actionId", g.reason_code as "reasonCode", g.notify, g.replaced_by_id::text as "replacedById",
      j.kind as "workKind", j.state as "workState"
    from desk.gift_card_issue g
    join desk.shop s on s.workspace_id = g.workspace_id and s.id = g.shop_id
    left join desk.journal_entry j on j.workspace_id = g.workspace_id and j.id = g.work_id
    where g.workspace_id = ${tx.workspaceId}::uuid and g.id = ${id}::uuid`
  if (!row) throw new DeskError('not_found', 'There is no such gift card in the log of your workspace.')
  return row
}

/** @throws DeskError while Shopify is being asked for something about this card */
export function refuseBusy({ workKind, workState }: LockedCard): void {
  if (workKind === null || workState === null || !OPEN.has(workState)) return
  const what = workOf(workKind)
  throw new DeskError(
    'in_progress',
    what ? BUSY[what] : 'Something is being done with this card. Look again in a minute.',
  )
}

const BUSY: Record<WorkKind, string> = {
  deactivation: 'This card is just being taken back. Look again in a minute.',
  reissue: 'The card that replaces this one is just being made. Look again in a minute.',
  notification: 'Shopify is just mailing this card. Look again in a minute.',
}

const OPEN: ReadonlySet<EntryState> = new Set(['planned', 'running', 'waiting', 'unknown'])

/** @throws DeskError for a card that Shopify never had, or that nobody knows there */
export function refuseUnissued(card: LockedCard): asserts card is LockedCard & { shopifyId: bigint } {
  if (card.state === 'planned')
    throw new DeskError('in_progress', 'Shopify has not confirmed this card yet. Look again when its action is done.')
  if (card.state === 'refused')
    throw new DeskError('move_not_allowed', 'Shopify refused this card, so there is none that could be changed.')
  if (card.shopifyId === null)
    throw new DeskError(
      'move_not_allowed',
      'This card was issued before the desk and is not known to be one of Shopify’s. Look for its last four characters in Shopify, and do it there.',
    )
}
