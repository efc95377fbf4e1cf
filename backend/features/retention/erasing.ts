import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { forgetBuyers } from '../orders/index.ts'
import { NOBODY_WAITS, ticketMoved } from '../tickets/index.ts'
import { forgetCustomers, keysOf, phoneKeysOf } from './customers.ts'
import { forgetExports } from './exporting/parts.ts'
import { forgetAll } from './forgetting-all.ts'
import type { Counts } from './forgotten-words.ts'
import { forgetLoose, looseAfter, loosePlace, thoseNaming } from './loose-mails.ts'
import { forgetWordsPiece } from './loose-words.ts'
import { namedInSettings } from './named-in-settings.ts'
import { needlesOf } from './needles.ts'
import { START, ticketsOfSql } from './picking.ts'
import { byOf, keepPiece, lockRound, type Piece, type Round, type Stage } from './rounds.ts'

const TICKETS_AT_ONCE = 20
const LOOSE_AT_ONCE = 100

/**
 * The stages of an erasure, in this order: tickets; mails that became none; words of others that name the customer; the record of the
 * customer at last, because until then it says what to look for.
 */
const next = (stage: Stage, counts: Counts = {}): Piece => ({
  stage,
  place: { at: null, id: null },
  counts,
  failures: [],
})

const customerOf = ({ customerId }: Round): string => {
  if (!customerId) throw new Error('An erasure is of a customer')
  return customerId
}

/** Some tickets of the customer; those that are open are closed first. */
export async function eraseTicketsPiece(ctx: Ctx, tx: Tx, round: Round): Promise<Piece> {
  const sql = ticketsOfSql(tx.workspaceId, customerOf(round), round.placeId ?? START.id, TICKETS_AT_ONCE)
  const found = await tx.$queryRaw<{ id: string; customerId: string }[]>(sql)
  const last = found.at(-1)
  if (!last) return next('loose_mails')
  const ids = found.map(({ id }) => id)
  if (await isUnsettled(tx, ids))
    throw new DeskError('in_progress', 'Something began on a ticket of this customer meanwhile. It is waited for.')
  await closeOpen(tx, ids, round)
  return { stage: 'tickets', place: { at: null, id: last.id }, ...(await forgetAll(ctx, tx, round, found)) }
}

/** Whether something was asked of Gmail or Shopify on these tickets that is not over. */
export async function isUnsettled(tx: Tx, ticketIds: readonly string[]): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ open: boolean }[]>`
    select exists (select from desk.journal_entry e where e.workspace_id = ${tx.workspaceId}::uuid and e.ticket_id = any(${[...ticketIds]}::uuid[])
        and e.state in ('planned', 'running', 'waiting', 'unknown'))
      or exists (select from desk.combined_action a where a.workspace_id = ${tx.workspaceId}::uuid and a.ticket_id = any(${[...ticketIds]}::uuid[])
        and a.state in ('waiting_approval', 'undoable', 'running', 'parked')) as open`
  return row?.open ?? false
}

async function closeOpen(tx: Tx, ticketIds: readonly string[], round: Round): Promise<void> {
  const closed = await tx.$queryRaw<{ id: string; was: 'new' | 'open' | 'pending' | 'on_hold' | 'solved' }[]>`
    update desk.ticket t set status = 'closed', queue_at = ${NOBODY_WAITS}, snoozed_until = null
    from (select id, status as was from desk.ticket where workspace_id = ${tx.workspaceId}::uuid and id = any(${[...ticketIds]}::uuid[])) before
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = before.id and t.status <> 'closed' and t.void_reason is null
    returning t.id::text, before.was`
  await record(
    tx,
    closed.map(({ id: ticketId, was }) => ticketMoved({ ticketId, from: was, to: 'closed', by: byOf(round) })),
  )
}

/** Mails that became no ticket and name the customer. They are opened outside of a transaction, then forgotten in one. */
export async function eraseLoosePiece(ctx: Ctx, workspaceId: string, round: Round): Promise<void> {
  const place = loosePlace(round.placeAt, round.placeId)
  const { mails, needles } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({
      mails: await looseAfter(tx, null, place, LOOSE_AT_ONCE),
      needles: await needlesOf(tx, await ctx.keyring.box(tx), customerOf(round)),
    }),
    { reads: true },
  )
  const last = mails.at(-1)
  const found = needles ? await thoseNaming(ctx, workspaceId, mails, needles) : []
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const now = await lockRound(tx, round.id)
    if (now.state !== 'running' || now.stage !== 'loose_mails') return
    if (!last || !needles) return keepPiece(tx, now, next('loose_words'))
    const count = await forgetLoose(ctx, tx, found)
    const reached = { at: last.at, id: `${last.mailboxId}/${last.gmailId}` }
    await keepPiece(tx, now, { stage: 'loose_mails', place: reached, counts: { loose_mails: count }, failures: [] })
  })
}

/** Some words of others that name the customer. */
export async function eraseWordsPiece(ctx: Ctx, tx: Tx, round: Round): Promise<Piece> {
  const needles = await needlesOf(tx, await ctx.keyring.box(tx), customerOf(round))
  if (!needles) return next('customer')
  const { counts, place } = await forgetWordsPiece(ctx, tx, needles, round.placeId)
  if (place !== null) return { stage: 'loose_words', place: { at: null, id: place }, counts, failures: [] }
  return { ...next('customer', counts), failures: await namedInSettings(tx, needles) }
}

/** The record of the customer, orders and exports. Whoever wrote again meanwhile has tickets again, which go first. */
export async function eraseCustomerPiece(ctx: Ctx, tx: Tx, round: Round): Promise<Piece> {
  const customerId = customerOf(round)
  const [late] = await tx.$queryRaw<{ id: string }[]>(ticketsOfSql(tx.workspaceId, customerId, START.id, 1))
  if (late && !round.failures.some(({ id }) => id === late.id)) return next('tickets')
  const known = { emailKeys: await keysOf(tx, [customerId]), phoneKeys: await phoneKeysOf(tx, customerId) }
  const orders = await forgetBuyers(tx, await ctx.keyring.box(tx), known)
  const exports = await forgetExports(tx, customerId)
  const counts = await forgetCustomers(tx, { customerIds: [customerId], runId: round.id, by: byOf(round) })
  return next('end', { ...counts, orders, exports })
}
