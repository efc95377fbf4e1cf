import type pg from 'pg'
import type { BackendProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { cpuOf, memoryOf } from '../measuring/processes.ts'
import { ORDERS, POINTS_PER_ORDER, type ShopGround } from './shop-ground.ts'

/** From the finished bulk file to the last order saved; the worker's memory is looked at while it reads. */
export async function measureFirstLoad(shop: ShopGround, worker: BackendProcess): Promise<Figure[]> {
  const { owner, ground, source } = shop
  await until('the load to begin', async () => (await loaded(owner)).count > 0)
  const cpu = () => [worker.pid, ground.postmaster, source.pid].map(cpuOf)
  const [first, began, before] = [(await loaded(owner)).count, performance.now(), cpu()]
  const memory = await memoryUntilLoaded(owner, worker)
  const seconds = (performance.now() - began) / 1_000
  const count = ORDERS - first
  const [mine = 0, database = 0, other = 0] = cpu().map((ms, index) => (ms - (before[index] ?? 0)) / count)
  await refuseMissing(owner)
  const paged = 100 / POINTS_PER_ORDER
  const quarter = Math.ceil(memory.length / 4)
  const [[early], [late]] = [quantiles(memory.slice(0, quarter), [1]), quantiles(memory.slice(-quarter), [1])]
  return [
    figure('first load of 100 thousand orders', count / seconds, 'orders/s', {
      note: `${seconds.toFixed(0)} s; paging within a Standard shop's 100 points a second would allow ${paged.toFixed(1)}/s, ${(ORDERS / paged / 3_600).toFixed(0)} h`,
    }),
    figure('first load, CPU an order', mine + database, 'ms', {
      note: `worker ${mine.toFixed(2)}, PostgreSQL ${database.toFixed(2)}; the source ${other.toFixed(2)} beside`,
    }),
    figure('first load, memory of the worker, last quarter', late, 'MB', {
      limit: early,
      aim: 'flat',
      note: 'limit: the first quarter',
    }),
  ]
}

/** Megabytes, twice a second. */
async function memoryUntilLoaded(owner: pg.Pool, worker: BackendProcess): Promise<number[]> {
  const memory: number[] = []
  const isLoaded = async () => {
    memory.push(memoryOf(worker.pid) / 1e6)
    return (await loaded(owner)).state === 'done'
  }
  const found = async () => JSON.stringify(await loaded(owner)) + worker.lines.slice(-5).join('\n')
  await until(`${ORDERS} orders to be saved`, isLoaded, { seconds: 600, everyMs: 500, found })
  return memory
}

async function loaded(owner: pg.Pool): Promise<{ state: string; count: number }> {
  const { rows } = await owner.query('select load_state as state, loaded_count as count from desk.shop_feed')
  return rows[0] ?? { state: 'none', count: 0 }
}

async function refuseMissing(owner: pg.Pool): Promise<void> {
  const { rows } = await owner.query('select count(*)::int as count from desk.shop_order')
  if (rows[0]?.count !== ORDERS) throw new Error(`${ORDERS} orders became ${rows[0]?.count}`)
}
