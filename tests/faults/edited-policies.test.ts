import { afterEach, expect, test } from '@jest/globals'
import { createContext } from '../../backend/app.ts'
import { readConfig } from '../../backend/config.ts'
import { readRules, writeRules } from '../../backend/features/sla/rules/writing.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { randomFrom, seedOfRun } from '../support/random.ts'
import { until } from '../support/until.ts'
import { type CrashingDesk, startCrashingDesk } from './support/crashing-desk.ts'
import { moment } from './support/disturbing.ts'

const TICKETS = 40_000
const CUTS = 3

let desk: CrashingDesk
afterEach(() => desk.stop())

/** Tickets whose customers wait, with clocks that no rules have judged yet. */
async function manyWait(): Promise<void> {
  await desk.rows(
    `with someone as (
       insert into desk.customer (workspace_id, id, name, email, created_at) values ($1, gen_random_uuid(), 'Ada', 'ada@ada.example', now()) returning id),
     made as (
       insert into desk.ticket (workspace_id, id, number, subject, customer_id, status, queue_at, last_message_at, created_at)
       select $1, gen_random_uuid(), 100000 + n, 'Jar ' || n, someone.id, 'open', now(), now(), now() - make_interval(mins => n)
       from someone cross join generate_series(1, ${TICKETS}) n returning id, created_at)
     insert into desk.sla_clock (workspace_id, ticket_id, marks, rules_version, policy_id, state, told)
     select $1, id, jsonb_build_array(jsonb_build_array(at, 'created', 'new'), jsonb_build_array(at, 'asked')), 0, 'default', 'running', '{}'
     from (select id, (extract(epoch from created_at) * 1000)::bigint as at from made) fresh`,
    [desk.workspaceId],
  )
}

/** An admin makes all first answers due after so many minutes; the worker judges what waits by that. */
async function edit(minutes: number): Promise<number> {
  const ctx = createContext(readConfig({ ...desk.environment, LOG_LEVEL: 'error' }), { process: 'admin' })
  try {
    const before = await inWorkspace(ctx, desk.workspaceId, readRules, { reads: true })
    const target = { first: minutes, next: minutes, resolution: minutes * 2 }
    const policies = before.policies.map((policy) => ({
      ...policy,
      unit: 'minutes' as const,
      targets: { urgent: target, high: target, normal: target, low: target },
    }))
    return (await writeRules(ctx, { ...before, policies }, systemOf(desk.workspaceId))).version
  } finally {
    await ctx.close()
  }
}

const clocks = () =>
  desk.rows<{ version: number; clocks: number; right: number; whole: number }>(
    `select k.rules_version as version, count(*)::int as clocks,
       count(*) filter (where k.first_due_at = date_trunc('milliseconds', t.created_at) + interval '90 min')::int as right,
       count(*) filter (where t.due_at = least(k.first_due_at, k.next_due_at, k.resolution_due_at))::int as whole
     from desk.sla_clock k join desk.ticket t on t.workspace_id = k.workspace_id and t.id = k.ticket_id group by 1`,
  )

test('PostgreSQL dies while an edit of the policies is judged: each ticket is due by the new rules in the end, none by half of them', async () => {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  const random = randomFrom(seed)
  desk = await startCrashingDesk()
  await manyWait()
  const version = await edit(90)
  const judged: number[] = []
  for (let cut = 0; cut < CUTS; cut++) {
    await until('some to be judged', async () => {
      const found = await clocks()
      return found.some(
        (some) => some.version === version && (some.clocks > (judged.at(-1) ?? 0) || some.clocks === TICKETS),
      )
    })
    await moment(random, 400)
    await desk.power.cut()
    await desk.power.restore()
    const found = await clocks()
    for (const some of found.filter((one) => one.version === version)) expect(some.whole).toBe(some.clocks)
    judged.push(found.find((some) => some.version === version)?.clocks ?? 0)
  }
  expect(judged[0]).toBeLessThan(TICKETS) // the first cut came in the middle of it
  await until('all to be judged', async () => (await clocks()).every((some) => some.version === version))
  expect(await clocks()).toEqual([{ version, clocks: TICKETS, right: TICKETS, whole: TICKETS }])
})
