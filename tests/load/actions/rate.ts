import { OPERATIONS } from '../../../backend/clients/shopify/operations/all.ts'
import { runAction } from '../../../backend/features/combined-actions/running/running.ts'
import { startWorkerProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure } from '../figure.ts'
import { cpuOf } from '../measuring/processes.ts'
import type { ActionGround } from './action-ground.ts'
import { confirmOn } from './confirming.ts'

/** A Standard plan: points that a bucket holds, and points that come back in a second. */
const BUCKET = 2_000
const PER_SECOND = 100

/** Many actions of one shop at the same time: how much of its rate limit becomes actions. The bucket is empty when they begin. */
export async function measureRate(actions: ActionGround, orderIds: readonly string[]): Promise<Figure[]> {
  const { owner, ground, environment } = actions
  const [first = '', ...others] = orderIds
  const points = await pointsOf(actions, first)
  const ids: string[] = []
  for (const orderId of others) ids.push(await confirmOn(actions, orderId))
  await actions.limit(1)
  const worker = await startWorkerProcess(environment)
  try {
    const ended = async () => Number((await owner.query(ENDED, [ids])).rows[0].count)
    const cpu = () => [worker.pid, ground.postmaster].map(cpuOf)
    const [before, began, called] = [cpu(), performance.now(), (await actions.calls()).length]
    await actions.available() // it is empty now, and fills from here on
    await actions.limit(BUCKET)
    await until(`${ids.length} actions to end`, async () => (await ended()) === ids.length, {
      seconds: 240,
      found: async () => `${await ended()} have. ${worker.lines.slice(-10).join('\n')}`,
    })
    const seconds = (performance.now() - began) / 1_000
    const [mine = 0, database = 0] = cpu().map((ms, index) => (ms - (before[index] ?? 0)) / ids.length)
    const read = (await actions.calls()).slice(called).filter((name) => name === 'OrdersById').length
    return [
      figure('actions of four steps in a Standard shop', (ids.length / seconds) * 60, 'actions/min', {
        limit: (PER_SECOND / points.spent) * 60,
        aim: '>= 90 % of the limit',
        note: `limit: 100 points a second at ${points.spent} an action (${points.asked} asked for in ${points.calls} calls); ${ids.length} actions in ${seconds.toFixed(0)} s, ${read} readings of orders beside`,
      }),
      figure('action of four steps, CPU, waiting for points included', mine + database, 'ms', {
        note: `worker ${mine.toFixed(0)}, PostgreSQL ${database.toFixed(0)}`,
      }),
    ]
  } finally {
    await worker.kill('SIGTERM')
    await actions.limit(null)
  }
}

const ENDED = `select count(*)::int as count from desk.combined_action where id = any($1::uuid[]) and state = 'done'`

/** What one action takes out of the bucket, and what its calls ask for before they are answered. */
async function pointsOf(actions: ActionGround, orderId: string) {
  const { ctx, workspaceId } = actions
  const actionId = await confirmOn(actions, orderId)
  const before = await actions.calls()
  await actions.limit(BUCKET, 0.001)
  const full = await actions.available()
  await runAction(ctx, { workspaceId, actionId })
  const spent = full - (await actions.available()) - 1 // asking for what is left costs one
  await actions.limit(null)
  const names = (await actions.calls()).slice(before.length).filter((name) => COST.has(name))
  const asked = names.reduce((sum, name) => sum + (COST.get(name) ?? 0), 0)
  return { spent, asked, calls: names.length, names }
}

const COST = new Map(OPERATIONS.map(({ name, cost }) => [name, cost]))
