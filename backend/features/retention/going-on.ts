import type { Ctx } from '../../context.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { closeIn } from '../tickets/index.ts'
import { eraseCustomerPiece, eraseLoosePiece, eraseTicketsPiece, eraseWordsPiece } from './erasing.ts'
import { forgetAll } from './forgetting-all.ts'
import { forgetLoose, looseAfter, loosePlace } from './loose-mails.ts'
import { agedSql, START } from './picking.ts'
import { byOf, goOnSoon, keepPiece, lockRound, type Piece, type Round } from './rounds.ts'

/** Tickets of one transaction: short enough to hold nobody up. */
export const TICKETS_AT_ONCE = 20
const LOOSE_AT_ONCE = 200
/** Then other jobs have their turn. */
const PIECES_AT_ONCE = 25

/** Goes on with a round, piece by piece. A piece and how far it has come are written in one transaction, so that a kill loses nothing. */
export async function goOn(ctx: Ctx, workspaceId: string, runId: string): Promise<void> {
  for (let pieces = 0; pieces < PIECES_AT_ONCE; pieces++) if (await isOver(ctx, workspaceId, runId)) return
  await inWorkspace(ctx, workspaceId, (tx) => goOnSoon(tx, runId))
}

/** Does one piece. @returns whether nothing is left */
async function isOver(ctx: Ctx, workspaceId: string, runId: string): Promise<boolean> {
  const round = await inWorkspace(ctx, workspaceId, (tx) => lockRound(tx, runId), {})
  if (round.state !== 'running') return true
  if (round.kind === 'erasure' && round.stage === 'loose_mails') await eraseLoosePiece(ctx, workspaceId, round)
  else await inWorkspace(ctx, workspaceId, async (tx) => pieceOf(ctx, tx, await lockRound(tx, runId)))
  return false
}

async function pieceOf(ctx: Ctx, tx: Tx, round: Round): Promise<void> {
  if (round.state !== 'running') return
  const piece =
    round.kind === 'erasure'
      ? await erasurePiece(ctx, tx, round)
      : await (round.stage === 'tickets' ? agedPiece : agedMailsPiece)(ctx, tx, round)
  await keepPiece(tx, round, piece)
}

function erasurePiece(ctx: Ctx, tx: Tx, round: Round): Promise<Piece> {
  if (round.stage === 'tickets') return eraseTicketsPiece(ctx, tx, round)
  return (round.stage === 'loose_words' ? eraseWordsPiece : eraseCustomerPiece)(ctx, tx, round)
}

async function agedPiece(ctx: Ctx, tx: Tx, round: Round): Promise<Piece> {
  const after = round.placeAt && round.placeId ? { at: round.placeAt, id: round.placeId } : START
  const found = await tx.$queryRaw<{ id: string; at: Date; customerId: string }[]>(
    agedSql(tx.workspaceId, beforeOf(round), after, TICKETS_AT_ONCE),
  )
  const last = found.at(-1)
  if (!last) return { stage: 'loose_mails', place: { at: null, id: null }, counts: {}, failures: [] }
  await closeIn(
    tx,
    found.map(({ id }) => id),
    'solved',
    byOf(round),
  ) // so that an answer to what is forgotten opens a ticket of its own
  const done = await forgetAll(ctx, tx, round, found)
  return { stage: 'tickets', place: { at: last.at, id: last.id }, ...done }
}

const beforeOf = ({ before }: Round): Date => {
  if (!before) throw new Error('A round of a rule knows what is too old')
  return before
}

async function agedMailsPiece(ctx: Ctx, tx: Tx, round: Round): Promise<Piece> {
  const mails = await looseAfter(tx, beforeOf(round), loosePlace(round.placeAt, round.placeId), LOOSE_AT_ONCE)
  const last = mails.at(-1)
  if (!last) return { stage: 'end', place: { at: null, id: null }, counts: {}, failures: [] }
  const count = await forgetLoose(
    ctx,
    tx,
    mails.map((mail) => ({ mail, keys: [] })),
  )
  const place = { at: last.at, id: `${last.mailboxId}/${last.gmailId}` }
  return { stage: 'loose_mails', place, counts: { loose_mails: count }, failures: [] }
}
