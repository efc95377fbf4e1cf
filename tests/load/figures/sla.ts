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
const QUEUE = { perSecond: 100, count: 1_000 }
/** A quiet desk and a busy one take turns, so that one stall of the machine does not decide the figure. */
const ROUNDS = 3
/** At the same pace, so that all connections are open and have planned the view. */
const WARM_UP = 400
const OFFICE = [{ from: 540, to: 1_080 }]

/** An edit of the policies while agents look at a queue: how many tickets it judges anew, and what the queue feels of it. */
export async function measureSla(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const api = await startDeskApi(ground)
  try {
    await giveClocks(owner, workspaceId)
    const edit = () => judgeAll(ground, owner, workspaceId)
    const urls = [`${api.url}/v1/queues/open`]
    const headers = await api.headersFor(workspaceId)
    const queue = { mode: 'open', urls, headers, ...QUEUE } as const
    await ask({ ...queue, count: WARM_UP })
    await edit() // what runs from now on is compiled
    const alone = await edit()
    const [quiets, busies, together]: [number[], number[], Edited[]] = [[], [], []]
    for (let round = 0; round < ROUNDS; round++) {
      quiets.push(...quantiles(await ask(queue), [0.99]))
      const beside = { goesOn: true }
      const asked = ask(queue).finally(() => {
        beside.goesOn = false
      })
      const [times, edits] = await Promise.all([asked, editWhile(edit, beside)])
      busies.push(...quantiles(times, [0.99]))
      together.push(...edits)
    }
    const [[quiet], [busy]] = [quantiles(quiets, [0.5]), quantiles(busies, [0.5])]
    return [
      figure('SLA recalculation, alone', TICKETS / alone.seconds, 'tickets/s', {
        aim: '>= 5,000',
        note: `CPU a ticket ${alone.cpu.toFixed(2)} ms`,
      }),
      figure('SLA recalculation, beside a queue at 100 requests/s', rateOf(together), 'tickets/s', {
        aim: '>= 5,000',
        note: `${together.length} edits`,
      }),
      figure('queue view while SLA is recalculated, p99 to p99 of a quiet desk', busy / quiet, 'times', {
        aim: '<= 2',
        note: `p99 ${busy.toFixed(1)} ms, quiet ${quiet.toFixed(1)} ms, the middle of ${ROUNDS} rounds in turns`,
      }),
    ]
  } finally {
    await api.stop()
    await forget(owner, workspaceId)
    await owner.end()
  }
}

type Edited = { seconds: number; cpu: number }

const rateOf = (edits: readonly Edited[]) =>
  (edits.length * TICKETS) / edits.reduce((sum, { seconds }) => sum + seconds, 0)

/** Clocks with a history, written by the database: asked, answered, waited for the customer, asked again. */
async function giveClocks(owner: pg.Client, workspaceId: string): Promise<void> {
  await forgetClocks(owner, workspaceId) // of a run that was ended, and of mails that other figures sent
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
  await owner.query('vacuum (analyze) desk.sla_clock')
  await owner.query(
    `create temporary table due_before as select id, due_at from desk.ticket where workspace_id = $1 and due_at < '9999-12-31'`,
    [workspaceId],
  )
}

async function forgetClocks(owner: pg.Client, workspaceId: string): Promise<void> {
  for (const table of ['sla_clock', 'sla_setting'])
    await owner.query(`delete from desk.${table} where workspace_id = $1`, [workspaceId])
}

async function forget(owner: pg.Client, workspaceId: string): Promise<void> {
  await forgetClocks(owner, workspaceId)
  await owner.query(
    `update desk.ticket t set due_at = was.due_at
     from (select t.id, coalesce(b.due_at, '9999-12-31') as due_at from desk.ticket t left join due_before b using (id) where t.workspace_id = $1) was
     where t.workspace_id = $1 and t.id = was.id and t.due_at <> was.due_at`,
    [workspaceId],
  )
  await owner.query('drop table due_before')
  await owner.query('vacuum (analyze) desk.ticket, desk.sla_clock') // other figures find what they would have found
}

/** One edit, from its saving to the last ticket. @throws Error when a ticket was not judged by it */
async function judgeAll({ ctx }: Ground, owner: pg.Client, workspaceId: string): Promise<Edited> {
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
  const { version } = await writeRules(ctx, { ...before, hours, policies: [edited] }, systemOf(workspaceId))
  const [started, spent] = [performance.now(), cpuOf(process.pid)] // PostgreSQL is a child of ours
  await reapply(ctx, workspaceId)
  await reapply(ctx, workspaceId)
  const edit = { seconds: (performance.now() - started) / 1_000, cpu: (cpuOf(process.pid) - spent) / TICKETS }
  await refuseUnjudged(owner, workspaceId, version)
  return edit
}

/** Each clock runs, and has a time to be solved by, as this edit says. */
async function refuseUnjudged(owner: pg.Client, workspaceId: string, version: number): Promise<void> {
  const { rows } = await owner.query<{ version: number; state: string; clocks: number; dues: number }>(
    `select rules_version as version, state, count(*)::int as clocks, count(resolution_due_at)::int as dues
     from desk.sla_clock where workspace_id = $1 group by 1, 2`,
    [workspaceId],
  )
  const [only] = rows
  const isJudged = rows.length === 1 && only?.version === version && only.clocks === TICKETS && only.dues === TICKETS
  if (!isJudged) throw new Error(`Edit ${version} did not judge ${TICKETS} tickets: ${JSON.stringify(rows)}`)
}

async function editWhile(edit: () => Promise<Edited>, beside: { goesOn: boolean }): Promise<Edited[]> {
  const edits: Edited[] = []
  while (beside.goesOn) edits.push(await edit())
  return edits
}
