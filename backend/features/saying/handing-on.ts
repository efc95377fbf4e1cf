import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { remindSomebodyIn } from '../queues/index.ts'
import { openHoursIn } from '../sla/index.ts'
import { promiseConfirmed } from './events.ts'
import { remindingAt } from './promises/reminding-at.ts'
import { unkeptSql } from './unkept.ts'

/** Whoever takes a promise over that is late already has time to read of it first. */
const AT_ONCE_MS = 300_000

type Hands = { ticketIds: readonly string[]; from: { id: string; name: string }; toId: string }
type Row = { promiseId: string; ticketId: string; dueAt: Date; words: Uint8Array }

/** What somebody promised in an answer, whoever goes on is reminded of. The words stay those of who wrote them. */
export async function handPromisesOn(ctx: Ctx, tx: Tx, { ticketIds, from, toId }: Hands, by: Actor): Promise<void> {
  const { workspaceId, now } = tx
  const promises = await tx.$queryRaw<Row[]>`
    update desk.spoken_promise p set state = 'confirmed'
    where p.workspace_id = ${workspaceId}::uuid and p.ticket_id = any(${ticketIds}::uuid[]) and p.staff_id = ${from.id}::uuid
      and ${unkeptSql(Prisma.sql`${now}::timestamptz`)}
    returning p.id::text as "promiseId", p.ticket_id::text as "ticketId", p.due_at as "dueAt", p.words`
  if (promises.length === 0) return
  const [box, open] = [await ctx.keyring.box(tx), await openHoursIn(tx)]
  for (const { promiseId, ticketId, dueAt, words: sealed } of promises) {
    const words = `${from.name} wrote: ${box.openText('spoken_promise.words', promiseId, sealed)}`.slice(0, 500)
    const at = dueAt > now ? remindingAt(dueAt, now, open) : new Date(now.getTime() + AT_ONCE_MS)
    await remindSomebodyIn(ctx, tx, { ticketId, staffId: toId, at, words }, by)
  }
  await record(
    tx,
    promises.map(({ promiseId, ticketId }) => promiseConfirmed({ ticketId, promiseId, by })),
  )
}
