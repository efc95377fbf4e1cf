import pg from 'pg'
import { reapply } from '../../../backend/features/sla/reapplying.ts'
import { readRules, writeRules } from '../../../backend/features/sla/rules/writing.ts'
import { systemOf } from '../../../backend/platform/actor.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'

/** Tickets whose clocks an edit judges anew: of a desk with a million tickets, two in a hundred are open. */
const TICKETS = 20_000
const QUEUE = { perSecond: 100, count: 1_500 }
const WARM_UP = 200
const OFFICE = [{ from: 540, to: 1_080 }]

/** An edit of the policies while agents look at a queue: how many tickets it judges anew, and what the queue feels of it. */
export async function measureSla(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const api = await startDeskApi(ground)
  try {
    await giveClocks(owner, workspaceId)
    const urls = [`${api.url}/v1/queues/open`]
    const headers = await api.headersFor(workspaceId)
    await ask({ mode: 'closed', urls, headers, count: WARM_UP })
    await judgeAll(ground, workspaceId) // also the first edit: what runs from now on is compiled
    const alone = await judgeAll(ground, workspaceId)
    const [quiet] = quantiles(await ask({ mode: 'open', urls, headers, ...QUEUE }), [0.99])
    const beside = { goesOn: true }
    const rounds = judgeWhile(ground, workspaceId, beside)
    const [busy] = quantiles(await ask({ mode: 'open', urls, headers, ...QUEUE }), [0.99])
    beside.goesOn = false
    const rates = await rounds
    return [
      figure('SLA recalculation, alone', alone.rate, 'tickets/s', {
        aim: '>= 5,000',
        note: `CPU a ticket ${alone.cpu.toFixed(2)} ms`,
      }),
      figure('SLA recalculation, beside a queue at 100 requests/s', average(rates), 'tickets/s', { aim: '>= 5,000' }),
      figure('queue view while SLA is recalculated, p99 to p99 of a quiet desk', busy / quiet, 'times', {
        aim: '<= 2',
        note: `p99 ${busy.toFixed(1)} ms, quiet ${quiet.toFixed(1)} ms`,
      }),
    ]
  } finally {
    await api.stop()
    await forget(owner, workspaceId)
    await owner.end()
  }
}

const average = (rates: readonly number[]) => rates.reduce((sum, rate) => sum + rate, 0) / rates.length

/** Clocks with a history, written by the database: asked, answered, waited for the customer, asked again. */
async function giveClocks(owner: pg.Client, workspaceId: string): Promise<void> {
  await owner.query(
    `insert into desk.sla_clock (workspace_id, ticket_id, marks, rules_version, policy_id, state, told)
     select workspace_id, id, jsonb_build_array(
         jsonb_build_array(began, 'created', 'new'), jsonb_build_array(began, 'asked'), jsonb_build_array(began + 5400000, 'answered'),
         jsonb_build_array(began + 5400000, 'moved', 'pending'), jsonb_build_array(began + 90000000, 'asked'),
         jsonb_build_array(began + 90000001, 'moved', 'open')), 0, 'default', 'running', '{}'
     from (select workspace_id, id, (extract(epoch from created_at) * 1000)::bigint as began from desk.ticket
       where workspace_id = $1 order by last_message_at desc limit ${TICKETS}) newest`,
    [workspaceId],
  )
  await owner.query('analyze desk.sla_clock')
  await owner.query(
    `create temporary table due_before as select id, due_at from desk.ticket where workspace_id = $1 and due_at < '9999-12-31'`,
    [workspaceId],
  )
}

async function forget(owner: pg.Client, workspaceId: string): Promise<void> {
  for (const table of ['sla_clock', 'sla_setting'])
    await owner.query(`delete from desk.${table} where workspace_id = $1`, [workspaceId])
  await owner.query(
    `update desk.ticket t set due_at = was.due_at
     from (select t.id, coalesce(b.due_at, '9999-12-31') as due_at from desk.ticket t left join due_before b using (id) where t.workspace_id = $1) was
     where t.workspace_id = $1 and t.id = was.id and t.due_at <> was.due_at`,
    [workspaceId],
  )
  await owner.query('drop table due_before')
  await owner.query('vacuum (analyze) desk.ticket') // other figures find what they would have found
}

/** One edit, from its saving to the last ticket. */
async function judgeAll({ ctx }: Ground, workspaceId: string): Promise<{ rate: number; cpu: number }> {
  const before = await inWorkspace(ctx, workspaceId, readRules, { reads: true })
  const [policy] = before.policies
  if (!policy) throw new Error('There is a default policy')
  const first = 60 + (before.version % 60) // each edit moves every due time
  const normal = { first, next: first + 60, resolution: first * 10 }
  const edited = {
    ...policy,
    unit: 'business_minutes' as const,
    targets: { urgent: normal, high: normal, normal, low: normal },
  }
  const hours = { ...before.hours, timeZone: 'Europe/Berlin', week: Array.from({ length: 7 }, () => OFFICE) }
  await writeRules(ctx, { ...before, hours, policies: [edited] }, systemOf(workspaceId))
  const [started, spent] = [performance.now(), cpuOf(process.pid)] // PostgreSQL is a child of ours
  await reapply(ctx, workspaceId)
  await reapply(ctx, workspaceId)
  const seconds = (performance.now() - started) / 1_000
  return { rate: TICKETS / seconds, cpu: (cpuOf(process.pid) - spent) / TICKETS }
}

async function judgeWhile(ground: Ground, workspaceId: string, beside: { goesOn: boolean }): Promise<number[]> {
  const rates: number[] = []
  while (beside.goesOn || rates.length === 0) rates.push((await judgeAll(ground, workspaceId)).rate)
  return rates
}
