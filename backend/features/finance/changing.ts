import { systemOf } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { addEntries, type Booked, type Change, lockBooked } from './entries.ts'
import { refundMoneyDecided } from './events.ts'
import type { FinanceLine, LineTransaction } from './line.ts'
import { changeOf, movedBy } from './moved.ts'

/**
 * Books what became of a refund's money, and tells it, when it is something new: whoever asks Shopify first. A failed transaction takes
 * its amount out of the books again.
 */
export async function bookTransactions(
  tx: Tx,
  box: Box,
  stepId: string,
  now: readonly LineTransaction[],
): Promise<void> {
  const booked = await lockBooked(tx, box, stepId)
  if (!booked) return
  const before = booked.newest.transactions
  if (statuses(before) === statuses(now)) return
  const line = { ...changeOf(booked.first, before, now), transactions: [...now] }
  await add(tx, box, booked, { change: 'transaction', key: `transaction:${booked.count}`, line })
  const { shopId, actionId } = booked
  const failed = (movedBy(now)?.shop.minor ?? 0) < (movedBy(before)?.shop.minor ?? 0)
  await record(tx, [refundMoneyDecided({ shopId, actionId, stepId, failed, by: systemOf(tx.workspaceId) })])
}

const statuses = (transactions: readonly LineTransaction[]) =>
  transactions
    .map(({ id, status }) => `${id} ${status}`)
    .sort()
    .join()

/** Books that a payout was paid; it changes no amount. */
export async function bookPayment(tx: Tx, box: Box, stepId: string, reference: string): Promise<void> {
  const booked = await lockBooked(tx, box, stepId)
  if (booked)
    await add(tx, box, booked, { change: 'payout', key: 'paid', line: { payout: { state: 'paid', reference } } })
}

type Card = { issueId: string; last: string; minor: number }

/** Books that a card was taken back: what was left on it is not given any more. */
export const bookDeactivation = (tx: Tx, box: Box, stepId: string, card: Card): Promise<void> =>
  bookCard(tx, box, stepId, { ...card, minor: -card.minor }, 'deactivated')

/** Books that what was left on a card is on a new one. */
export const bookReissue = (tx: Tx, box: Box, stepId: string, card: Card): Promise<void> =>
  bookCard(tx, box, stepId, card, 'reissued')

async function bookCard(
  tx: Tx,
  box: Box,
  stepId: string,
  { issueId, last, minor }: Card,
  state: 'deactivated' | 'reissued',
): Promise<void> {
  const booked = await lockBooked(tx, box, stepId)
  if (!booked?.first.amount) return
  const amount = { minor, currency: booked.first.amount.currency }
  const line = { amount, customerAmount: amount, giftCard: { last, state } }
  await add(tx, box, booked, { change: 'gift_card', key: `${state}:${issueId}`, line })
}

type Made = { change: Change; key: string; line: Partial<FinanceLine> }

/** A change says what it changes the amounts by, and everything else as it is from now on. */
function add(tx: Tx, box: Box, { shopId, stepId, actionId, newest, newestAt }: Booked, { change, key, line }: Made) {
  const recordedAt = new Date(Math.max(tx.now.getTime(), newestAt.getTime() + 1))
  const unchanged = { amount: null, customerAmount: null, tax: null, goods: null }
  return addEntries(tx, box, [
    { shopId, stepId, actionId, change, key, at: tx.now, recordedAt, line: { ...newest, ...unchanged, ...line } },
  ])
}
