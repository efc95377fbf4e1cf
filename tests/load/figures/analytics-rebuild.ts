import pg from 'pg'
import type { Ctx } from '../../../backend/context.ts'
import { figureOf, figureReaders, rebuildLake } from '../../../backend/features/analytics/index.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { type Keeper, startKeeper } from '../lake/keeper.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'
import { saveViews } from '../world/views.ts'

const CHANGED = 10_000
const ROUNDS = 3
const LOAD = { mode: 'open', perSecond: 100, count: 1_000 } as const
const WARM_UP = 400
const FRESH_ROUNDS = 3
const THREE_YEARS_MS = 3 * 365 * 86_400_000

/** The process that keeps the lake, beside a desk that works: how soon figures show what changed, and what a rebuild costs a queue. */
export async function measureRebuild(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const keeper = await startKeeper(ground)
  const config = { ...ground.ctx.config, lake: { ...ground.ctx.config.lake, dir: keeper.dir } }
  const figures = figureReaders(config, { log: ground.ctx.log })
  try {
    const built = keeper.memory()
    const ctx: Ctx = { ...ground.ctx, config, figures }
    const fresh = await freshness(ctx, owner, workspaceId)
    const beside = await queueBeside(ground, ctx, keeper, workspaceId)
    const { memory } = config.lake
    return [
      figure(
        `${CHANGED.toLocaleString('en')} moved tickets in a figure after, middle of ${2 * FRESH_ROUNDS}`,
        fresh.middle,
        's',
        {
          aim: '< 5',
          note: `slowest ${fresh.slowest.toFixed(1)} s, from their commit, by the process that looks every ${config.lake.everyMs / 1_000} s`,
        },
      ),
      ...beside,
      figure('memory of the process that keeps the lake, most', keeper.memory() / 1e6, 'MB', {
        note: `${(built / 1e6).toFixed(0)} MB after the first lake, built in ${keeper.built.toFixed(1)} s; LAKE_MEMORY ${memory} is for all of it`,
      }),
    ]
  } finally {
    await figures.close()
    await keeper.stop()
    await owner.end()
  }
}

/** Moves tickets from a category to another one and back, with an event each, and asks until the figure has it. */
async function freshness(ctx: Ctx, owner: pg.Client, workspaceId: string) {
  const counted = async (): Promise<number> => {
    const [from, to] = [new Date(Date.now() - THREE_YEARS_MS), new Date()].map((at) =>
      at.toISOString().slice(0, 10),
    ) as [string, string]
    const { totals } = await figureOf(ctx, workspaceId, {
      metric: 'new-tickets',
      from,
      to,
      category: ['technical'],
      interval: 'none',
      by: [],
    })
    return totals[0]?.value ?? 0
  }
  await owner.query(`create temporary table moved as select workspace_id, id from desk.ticket
    where workspace_id = '${workspaceId}' and category = 'other' order by md5(id::text) limit ${CHANGED}`)
  const { rows } = await owner.query<{ count: number }>('select count(*)::int as count from moved')
  const many = rows[0]?.count ?? 0
  if (many < CHANGED) throw new Error(`Only ${many} tickets can be moved`)
  const before = await counted()
  const times: number[] = []
  try {
    for (let round = 0; round < FRESH_ROUNDS; round++) {
      for (const [category, expected] of [
        ['technical', before + CHANGED],
        ['other', before],
      ] as const) {
        await move(owner, category)
        const committed = performance.now()
        await until('the moved tickets', async () => (await counted()) === expected, { seconds: 120, everyMs: 20 })
        times.push((performance.now() - committed) / 1_000)
      }
    }
  } finally {
    await move(owner, 'other')
    await owner.query("delete from desk.event where type = 'ticket.tagged' and payload = '{\"measured\": 2}'")
    await owner.query('drop table moved')
    await owner.query('vacuum (analyze) desk.ticket') // figures that follow find what they would have found
  }
  const [middle, slowest] = quantiles(times, [0.5, 1])
  return { middle, slowest }
}

async function move(owner: pg.Client, category: string): Promise<void> {
  await owner.query('begin')
  await owner.query(
    'update desk.ticket t set category = $1 from moved m where t.workspace_id = m.workspace_id and t.id = m.id',
    [category],
  )
  await owner.query(`
    insert into desk.event (workspace_id, recorded_at, id, occurred_at, type, actor_kind, ticket_id, payload)
    select workspace_id, now(), gen_random_uuid(), now(), 'ticket.tagged', 'system', id, '{"measured": 2}' from moved`)
  await owner.query('commit')
}

/** In turns, so that a busy machine hits both alike. */
async function queueBeside(ground: Ground, ctx: Ctx, keeper: Keeper, workspaceId: string): Promise<Figure[]> {
  await saveViews(ground, workspaceId)
  const api = await startDeskApi({ ...ground, environmentFor: keeper.environmentFor })
  try {
    const headers = await api.headersFor(workspaceId)
    const urls = ['unassigned', 'open', 'breaching'].map((view) => `${api.url}/v1/queues/${view}/card`)
    await ask({ ...LOAD, urls, headers, count: WARM_UP })
    const quiet: number[] = []
    const busy: number[] = []
    let rebuilds = 0
    for (let round = 0; round < ROUNDS; round++) {
      quiet.push(quantiles(await ask({ ...LOAD, urls, headers }), [0.99])[0])
      let isAsking = true
      const rebuilding = (async () => {
        while (isAsking) {
          await rebuildLake(ctx, null)
          rebuilds++
          await until('the rebuild', async () => !isAsking || !(await keeper.isRebuilding()), {
            seconds: 600,
            everyMs: 50,
          })
        }
      })()
      busy.push(quantiles(await ask({ ...LOAD, urls, headers }), [0.99])[0])
      isAsking = false
      await rebuilding
      await until('the last rebuild', async () => !(await keeper.isRebuilding()), { seconds: 600, everyMs: 100 })
    }
    const [before, during] = [quantiles(quiet, [0.5])[0], quantiles(busy, [0.5])[0]]
    return [
      figure('queue view at 100 requests/s while the lake is rebuilt, p99', during, 'ms', {
        limit: before,
        aim: '<= 2 times',
        note: `limit: the same without; middle of ${ROUNDS} rounds in turns, ${rebuilds} rebuilds one after another`,
      }),
    ]
  } finally {
    await api.stop()
  }
}
