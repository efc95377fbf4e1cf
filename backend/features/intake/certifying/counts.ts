import type { Prisma } from '../../../generated/prisma/client.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { mailboxCertified } from '../events.ts'
import { enqueueCounting, enqueueNaming } from '../queueing.ts'
import { FIRST_PIECE, NOTHING, Piece, sumOf, Tally } from './tally.ts'

export type Kind = 'nightly' | 'asked'

/** A count that goes on. */
export type Count = {
  id: string
  mailboxId: string
  kind: Kind
  fromAt: Date
  toAt: Date
  /** All before is counted. */
  reachedAt: Date
  pageToken: string | null
  counts: Tally
  piece: Piece
  askedById: string | null
}

type Begin = Pick<Count, 'mailboxId' | 'kind' | 'fromAt' | 'toAt' | 'askedById'>

/** Begins a count, unless one goes on; that one is taken up again, should its job have been lost. */
export async function beginCount(tx: Tx, begin: Begin): Promise<void> {
  const { mailboxId } = begin
  const going = await tx.intakeCount.findUnique({
    where: { workspaceId_mailboxId: { workspaceId: tx.workspaceId, mailboxId } },
  })
  if (going?.state === 'running') return enqueueCounting(tx, going)
  if (going) await dropCount(tx, going.id)
  const id = newId(tx.now)
  const { fromAt: reachedAt } = begin
  const data = { id, ...begin, state: 'running', reachedAt, counts: NOTHING, piece: FIRST_PIECE, startedAt: tx.now }
  await tx.intakeCount.create({ data: { workspaceId: tx.workspaceId, ...data } })
  await enqueueCounting(tx, { id, mailboxId })
}

/** @returns null for a count that is over, or was stopped */
export async function countIn(tx: Tx, id: string): Promise<Count | null> {
  const row = await tx.intakeCount.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (row?.state !== 'running') return null
  return { ...row, kind: row.kind as Kind, counts: Tally.parse(row.counts), piece: Piece.parse(row.piece) }
}

/** Writes how far a count is. Two workers that count the same page write it once. @returns whether it was as the caller had read it */
export async function advance(
  tx: Tx,
  before: Count,
  after: Pick<Count, 'reachedAt' | 'pageToken' | 'counts' | 'piece'>,
): Promise<boolean> {
  const moved = await tx.$executeRaw`
    update desk.intake_count set reached_at = ${after.reachedAt}, page_token = ${after.pageToken},
      counts = ${JSON.stringify(after.counts)}::jsonb, piece = ${JSON.stringify(after.piece)}::jsonb
    where workspace_id = ${tx.workspaceId}::uuid and id = ${before.id}::uuid and state = 'running' and reached_at = ${before.reachedAt}
      and page_token is not distinct from ${before.pageToken}`
  return moved === 1
}

/** A count that cannot go on says why; the next one begins anew. A nightly one leaves nothing: the age of the last certificate tells. */
export async function stopCount(tx: Tx, { id, kind }: Count, problem: string): Promise<void> {
  if (kind === 'nightly') return dropCount(tx, id)
  await tx.intakeCount.updateMany({
    where: { workspaceId: tx.workspaceId, id, state: 'running' },
    data: { state: 'stopped', problem },
  })
}

async function dropCount(tx: Tx, id: string): Promise<void> {
  const { workspaceId } = tx
  await tx.intakeDifference.deleteMany({ where: { workspaceId, certificateId: id } })
  await tx.intakeCount.deleteMany({ where: { workspaceId, id } })
}

/** The count is over: what it came to is written down for good. */
export async function certifyCount(
  tx: Tx,
  { id, mailboxId, kind, fromAt, toAt, askedById, counts, piece }: Count,
): Promise<void> {
  const { workspaceId } = tx
  const { listed, missing, waiting: unended, outcomes } = sumOf(counts, piece.tally)
  const gone = await tx.intakeCount.deleteMany({ where: { workspaceId, id } })
  if (gone.count === 0) return
  const broughtIn = kind === 'nightly'
  const count = { listed, unended, late: broughtIn ? missing : 0, missing: broughtIn ? 0 : missing }
  await tx.intakeCertificate.create({
    data: {
      workspaceId,
      id,
      mailboxId,
      at: tx.now,
      fromAt,
      toAt,
      kind,
      askedById,
      outcomes: outcomes as Prisma.JsonObject,
      ...count,
    },
  })
  const by = askedById === null ? systemOf(workspaceId) : ({ kind: 'staff', id: askedById } as const)
  await record(tx, [mailboxCertified({ mailboxId, certificateId: id, ...count, by })])
  if (missing + unended > 0) await enqueueNaming(tx, { id, mailboxId })
}
