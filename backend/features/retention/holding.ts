import type { LegalHold } from '../../../shared/retention.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor, StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from '../settings/index.ts'
import { formatNumber } from '../tickets/index.ts'
import { holdLifted, holdPlaced } from './events.ts'

type Wish = { about: 'ticket' | 'customer'; subjectId: string; reason: string }

const PLACE = 'legal_hold.reason'

/** Keeps a ticket, or all of a customer, until the hold is lifted. Holding what is held already changes nothing. */
export const placeHold = (ctx: Ctx, wish: Wish, by: Actor): Promise<LegalHold> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await subjectOf(tx, wish)
    const box = await ctx.keyring.box(tx)
    const id = newId(tx.now)
    const made = await tx.$executeRaw`
      insert into desk.legal_hold (workspace_id, id, about, subject_id, reason, by_id, at)
      values (${tx.workspaceId}::uuid, ${id}::uuid, ${wish.about}, ${wish.subjectId}::uuid, ${box.seal(PLACE, id, wish.reason)}, ${personOf(by)}::uuid, ${tx.now})
      on conflict (workspace_id, subject_id) where lifted_at is null do nothing`
    const { about, subjectId } = wish
    if (made === 1) {
      await record(tx, [holdPlaced({ holdId: id, about, subjectId, by })])
      await noteChange(tx, box, { setting: 'legal_holds', before: null, after: { about, subjectId }, by })
    }
    const [hold] = await tx.$queryRaw<
      Row[]
    >`${HOLDS} where h.workspace_id = ${tx.workspaceId}::uuid and h.subject_id = ${subjectId}::uuid and h.lifted_at is null`
    return present(box, hold)
  })

const personOf = (by: Actor): string => {
  if (by.kind !== 'staff') throw new DeskError('forbidden', 'Only a person can do this.')
  return (by satisfies StaffActor).id
}

async function subjectOf(tx: Tx, { about, subjectId }: Wish): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: subjectId } }
  const found =
    about === 'ticket'
      ? await tx.ticket.findUnique({ where, select: { id: true } })
      : await tx.customer.findUnique({ where, select: { id: true } })
  if (!found) throw new DeskError('not_found', `There is no such ${about} in your workspace.`)
}

export const liftHold = (ctx: Ctx, holdId: string, by: Actor): Promise<LegalHold> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const lifted = await tx.$queryRaw<{ about: string; subjectId: string }[]>`
      update desk.legal_hold set lifted_at = ${tx.now}, lifted_by_id = ${personOf(by)}::uuid
      where workspace_id = ${tx.workspaceId}::uuid and id = ${holdId}::uuid and lifted_at is null returning about, subject_id::text as "subjectId"`
    const box = await ctx.keyring.box(tx)
    for (const { about, subjectId } of lifted) {
      await record(tx, [holdLifted({ holdId, about, subjectId, by })])
      await noteChange(tx, box, { setting: 'legal_holds', before: { about, subjectId }, after: null, by })
    }
    const [hold] = await tx.$queryRaw<
      Row[]
    >`${HOLDS} where h.workspace_id = ${tx.workspaceId}::uuid and h.id = ${holdId}::uuid`
    return present(box, hold)
  })

/** Whether a customer or one of these tickets is held. */
export async function isHeld(tx: Tx, subjectIds: readonly string[]): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ held: boolean }[]>`
    select exists (select from desk.legal_hold where workspace_id = ${tx.workspaceId}::uuid and subject_id = any(${[...subjectIds]}::uuid[])
      and lifted_at is null) as held`
  return row?.held ?? false
}

type Row = {
  id: string
  about: 'ticket' | 'customer'
  subjectId: string
  number: number | null
  name: string | null
  reason: Uint8Array
  byId: string
  at: Date
  liftedAt: Date | null
}

const HOLDS = Prisma.sql`
  select h.id::text, h.about, h.subject_id::text as "subjectId", t.number, c.name, h.reason, h.by_id::text as "byId", h.at, h.lifted_at as "liftedAt"
  from desk.legal_hold h left join desk.ticket t on h.about = 'ticket' and t.workspace_id = h.workspace_id and t.id = h.subject_id
  left join desk.customer c on h.about = 'customer' and c.workspace_id = h.workspace_id and c.id = h.subject_id`

/** Exported so that a test can look at its plan. */
export function holdsSql(workspaceId: string, place: readonly unknown[] | null, limit: number): Prisma.Sql {
  const [at, id] = place ?? []
  return Prisma.sql`${HOLDS} where h.workspace_id = ${workspaceId}::uuid
    ${place ? Prisma.sql`and (h.at, h.id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
    order by h.at desc, h.id desc limit ${limit}`
}

/** Holds, the newest first; lifted ones too, because they say who held what. */
export async function holdsOf(ctx: Ctx, tx: Tx, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const list = `legal-holds/${tx.workspaceId}`
  const rows = await tx.$queryRaw<Row[]>(holdsSql(tx.workspaceId, readCursor(ctx.signer, list, cursor), limit + 1))
  const box = await ctx.keyring.box(tx)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => present(box, row)),
    next: last ? packCursor(ctx.signer, list, [last.at.toISOString(), last.id]) : null,
  }
}

function present(box: Box, row: Row | undefined): LegalHold {
  if (!row) throw new DeskError('not_found', 'There is no such hold in your workspace.')
  const { number, reason, at, liftedAt, ...rest } = row
  return {
    ...rest,
    name: number === null ? (row.name ?? 'gone') : formatNumber(number),
    reason: box.openText(PLACE, row.id, reason),
    at: at.toISOString(),
    liftedAt: liftedAt?.toISOString() ?? null,
  }
}
