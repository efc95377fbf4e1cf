import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { record } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { breakBegan, breakEnded, workBegan, workEnded, workRequirementChanged } from '../workforce/index.ts'
import { availabilityChanged } from './events.ts'
import { wakeGiving } from './queueing.ts'

const staffIn = (facts: readonly Fact[]): string[] => facts.map(({ payload }) => String(payload['staffId']))

/** Whoever logs in is there for tickets, until they say otherwise. */
async function come(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const { workspaceId, now } = tx
  const there = await tx.agentProfile.findMany({
    where: { workspaceId, staffId: { in: staffIn(facts) }, available: true },
    select: { staffId: true },
  })
  const coming = facts.filter(({ payload }) => !there.some(({ staffId }) => staffId === payload['staffId']))
  await tx.$executeRaw`
    insert into desk.agent_profile (workspace_id, staff_id, available, said_at, categories, languages, tags)
    select ${workspaceId}::uuid, id, true, ${now}, '{}', '{}', '{}' from unnest(${staffIn(coming)}::uuid[]) id
    on conflict (workspace_id, staff_id) do update set available = true, said_at = excluded.said_at`
  await record(
    tx,
    coming.map(({ payload, by }) =>
      availabilityChanged({ staffId: String(payload['staffId']), available: true, handBack: false, by }),
    ),
  )
  await wakeGiving(tx)
}

/** Whoever is logged out, by whomever, is given nothing any more. What they have stays theirs. */
async function go(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const { workspaceId, now } = tx
  const gone = await tx.$queryRaw<{ staffId: string }[]>`
    update desk.agent_profile set available = false, said_at = ${now}
    where workspace_id = ${workspaceId}::uuid and staff_id = any(${staffIn(facts)}::uuid[]) and available
    returning staff_id::text as "staffId"`
  const by = facts[0]?.by ?? { kind: 'system', id: null }
  await record(
    tx,
    gone.map(({ staffId }) => availabilityChanged({ staffId, available: false, handBack: false, by })),
  )
}

/** Who is on a break is given nothing, and afterwards what they said before counts again, «away» too. */
const pause = (_ctx: Ctx, tx: Tx, facts: readonly Fact[]) => setOnBreak(tx, facts, true)

async function goOn(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  await setOnBreak(tx, facts, false)
  await wakeGiving(tx)
}

async function setOnBreak(tx: Tx, facts: readonly Fact[], onBreak: boolean): Promise<void> {
  await tx.$executeRaw`
    insert into desk.agent_profile (workspace_id, staff_id, on_break, categories, languages, tags)
    select distinct ${tx.workspaceId}::uuid, id, ${onBreak}::boolean, '{}'::text[], '{}'::text[], '{}'::text[] from unnest(${staffIn(facts)}::uuid[]) id
    on conflict (workspace_id, staff_id) do update set on_break = excluded.on_break`
}

/** From now on only who is logged in is there. */
async function sendHomeWhoIsOut(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const fact = facts.at(-1)
  if (!fact?.payload['required']) return
  const out = await tx.$queryRaw<{ staffId: string }[]>`
    update desk.agent_profile p set available = false, said_at = ${tx.now}
    where p.workspace_id = ${tx.workspaceId}::uuid and p.available and not exists (
      select from desk.work_session w where w.workspace_id = p.workspace_id and w.staff_id = p.staff_id and w.ended_at is null)
    returning p.staff_id::text as "staffId"`
  await record(
    tx,
    out.map(({ staffId }) => availabilityChanged({ staffId, available: false, handBack: false, by: fact.by })),
  )
}

export const workFollowers = [
  following([workBegan], come),
  following([workEnded], go),
  following([breakBegan], pause),
  following([breakEnded], goOn),
  following([workRequirementChanged], sendHomeWhoIsOut),
]
