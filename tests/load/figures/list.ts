import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'

const WARM_UP = 200
const COUNT = 500
const ROUNDS = 3

/** The first page of 50 open tickets in workspaces of growing size; the sizes take turns, so that a busy machine hits all alike. */
export async function measureList(ground: Ground): Promise<Figure[]> {
  const api = await startDeskApi(ground)
  try {
    const lists = await Promise.all(
      ground.workspaces.map(async ({ id, tickets }) => ({
        tickets,
        headers: await api.headersFor(id),
        times: [] as number[],
      })),
    )
    const urls = [`${api.url}/v1/tickets?view=open&limit=50`]
    for (const { headers } of lists) await refuseShort(urls[0] ?? '', headers)
    for (const { headers } of lists) await ask({ mode: 'closed', urls, headers, count: WARM_UP })
    const before = cpuOf(api.pid) + cpuOf(ground.postmaster)
    for (let round = 0; round < ROUNDS; round++)
      for (const { headers, times } of lists)
        times.push(...(await ask({ mode: 'closed', urls, headers, count: COUNT })))
    const cpu = (cpuOf(api.pid) + cpuOf(ground.postmaster) - before) / (ROUNDS * COUNT * lists.length)
    const medians = lists.map(({ tickets, times }) => ({
      tickets,
      p50: quantiles(times, [0.5])[0],
      p99: quantiles(times, [0.99])[0],
    }))
    const [smallest, largest] = [medians[0], medians.at(-1)]
    if (!smallest || !largest) throw new Error('No list was measured')
    return [
      ...medians.map(({ tickets, p50, p99 }) =>
        figure(`50 open of ${tickets.toLocaleString('en')} tickets, p50`, p50, 'ms', {
          aim: '< 10',
          note: `p99 ${p99.toFixed(1)} ms`,
        }),
      ),
      figure('50 open, largest to smallest', largest.p50 / smallest.p50, 'times', { aim: '<= 1.5' }),
      figure('50 open, CPU a request', cpu, 'ms', { note: 'backend and PostgreSQL' }),
    ]
  } finally {
    await api.stop()
  }
}

async function refuseShort(url: string, headers: Record<string, string>): Promise<void> {
  const page = (await (await fetch(url, { headers })).json()) as { items?: unknown[] }
  if (page.items?.length !== 50) throw new Error(`The measured list has ${page.items?.length} tickets`)
}
