import type { Ctx } from '../../context.ts'
import { isDatabaseAway, isDeadlock } from '../../platform/database-errors.ts'
import { DeskError } from '../../platform/errors.ts'
import { partly } from '../../platform/savepoint.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { forgetCustomers } from './customers.ts'
import { type Counts, sumOf } from './forgotten-words.ts'
import { emptiedSql } from './picking.ts'
import { byOf, type Piece, type Round } from './rounds.ts'
import { forgetTickets } from './tickets.ts'

type Found = { id: string; customerId: string }

/** All together, which is quick; when one of them fails, each alone, so that it stops no other. */
export async function forgetAll(
  ctx: Ctx,
  tx: Tx,
  round: Round,
  found: readonly Found[],
): Promise<Pick<Piece, 'counts' | 'failures'>> {
  const counts = await tryPart(tx, () => forgetSome(ctx, tx, round, found))
  if (!('problem' in counts)) return { counts, failures: [] }
  let done: Counts = {}
  const failures: Piece['failures'] = []
  for (const one of found) {
    const alone = await tryPart(tx, () => forgetSome(ctx, tx, round, [one]))
    if ('problem' in alone) failures.push({ id: one.id, problem: alone.problem })
    else done = sumOf(done, alone)
    if ('problem' in alone) ctx.log.warn({ err: alone.error, ticketId: one.id }, 'a ticket could not be forgotten')
  }
  return { counts: done, failures }
}

async function tryPart(tx: Tx, work: () => Promise<Counts>): Promise<Counts | { problem: string; error: unknown }> {
  try {
    return await partly(tx, work)
  } catch (error) {
    if (isDatabaseAway(error) || isDeadlock(error)) throw error
    return { problem: error instanceof DeskError ? error.code : 'failed', error }
  }
}

async function forgetSome(ctx: Ctx, tx: Tx, round: Round, found: readonly Found[]): Promise<Counts> {
  const by = byOf(round)
  const ticketIds = found.map(({ id }) => id)
  const counts = await forgetTickets(ctx, tx, { ticketIds, mode: round.mode, runId: round.id, by })
  if (round.kind === 'erasure') return counts
  const customerIds = [...new Set(found.map(({ customerId }) => customerId))]
  const emptied = await tx.$queryRaw<{ id: string }[]>(emptiedSql(tx.workspaceId, customerIds))
  const gone = await forgetCustomers(tx, { customerIds: emptied.map(({ id }) => id), runId: round.id, by })
  return sumOf(counts, gone)
}
