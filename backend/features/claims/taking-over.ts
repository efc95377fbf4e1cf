import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { addHandleTime } from '../tickets/index.ts'
import { type Ended, endedColumns } from './ending.ts'
import { claimTakenOver } from './events.ts'
import type { OpenClaim } from './holding.ts'

const PLACE = 'claim_takeover.word'

/** Ends somebody else's claim with a word to them; the caller takes the ticket in the same transaction. */
export async function takeOver(
  ctx: Ctx,
  tx: Tx,
  { ticketId, from, word }: { ticketId: string; from: OpenClaim; word: string },
  by: StaffActor,
): Promise<void> {
  const { workspaceId, now } = tx
  const [ended] = await tx.$queryRaw<Ended[]>`
    update desk.ticket_claim c set ended_at = ${now}
    where c.workspace_id = ${workspaceId}::uuid and c.id = ${from.id}::uuid and c.ended_at is null
    returning ${endedColumns('last act', now)}`
  if (!ended) return // they let it go, or another took it over, at this moment
  await addHandleTime(tx, [ended])
  const id = newId(now)
  const sealed = (await ctx.keyring.box(tx)).seal(PLACE, id, word)
  const fromId = from.staffId
  await tx.claimTakeover.create({ data: { workspaceId, id, ticketId, fromId, byId: by.id, at: now, word: sealed } })
  await record(tx, [claimTakenOver({ ticketId, claimId: from.id, staffId: by.id, takeoverId: id, fromId, by })])
}

export type Takeover = { ticketId: string; fromId: string; by: string; word: string }

/** What somebody is told whose ticket was taken over. @throws DeskError not_found */
export async function takeoverOf(ctx: Ctx, tx: Tx, id: string): Promise<Takeover> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const row = await tx.claimTakeover.findUnique({ where })
  if (!row) throw new DeskError('not_found', 'Nobody took this ticket over.')
  const { ticketId, fromId, byId } = row
  const staff = await tx.staff.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id: byId } } })
  const word = (await ctx.keyring.box(tx)).openText(PLACE, id, row.word)
  return { ticketId, fromId, by: staff?.name ?? 'A former colleague', word }
}
