import { type Figure, figure, quantiles } from '../figure.ts'
import { type DeskApi, startDeskApi } from '../measuring/desk-api.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'
import { saveViews } from '../world/views.ts'

const WARM_UP = 150
const COUNT = 300
const ROUNDS = 3
const OPEN_LOOP = { perSecond: 100, count: 2_000 }
/** At the same pace, so that all connections are open and have planned each view. */
const OPEN_WARM_UP = 400
/** Slower than counts are kept, so that each request counts. */
const COUNTED_ANEW = { perSecond: 0.24, count: 8 }

/** The homepage card: a view with the counts of all views, in workspaces of growing size that take turns. */
export async function measureQueue(ground: Ground): Promise<Figure[]> {
  const api = await startDeskApi(ground)
  try {
    const queues = []
    for (const { id, tickets } of ground.workspaces) {
      await saveViews(ground, id)
      queues.push({ tickets, headers: await api.headersFor(id), times: [] as number[] })
    }
    const urls = ['unassigned', 'open', 'breaching'].map((view) => `${api.url}/v1/queues/${view}/card`)
    for (const { headers, tickets } of queues) await refuseEmpty(api, headers, tickets)
    for (const { headers } of queues) await ask({ mode: 'closed', urls, headers, count: WARM_UP })
    const before = cpuOf(api.pid) + cpuOf(ground.postmaster)
    for (let round = 0; round < ROUNDS; round++)
      for (const { headers, times } of queues)
        times.push(...(await ask({ mode: 'closed', urls, headers, count: COUNT })))
    const cpu = (cpuOf(api.pid) + cpuOf(ground.postmaster) - before) / (ROUNDS * COUNT * queues.length)
    const largest = queues.at(-1)
    if (!largest) throw new Error('No queue was measured')
    const paced = { mode: 'open', urls, headers: largest.headers, ...OPEN_LOOP } as const
    await ask({ ...paced, count: OPEN_WARM_UP })
    const open = await ask(paced)
    const counted = await ask({ ...paced, ...COUNTED_ANEW })
    return figuresOf(queues, { cpu, open, counted })
  } finally {
    await api.stop()
  }
}

type Measured = { tickets: number; times: number[] }

function figuresOf(
  queues: readonly Measured[],
  { cpu, open, counted }: { cpu: number; open: number[]; counted: number[] },
): Figure[] {
  const medians = queues.map(({ tickets, times }) => ({ tickets, quantiles: quantiles(times, [0.5, 0.99]) }))
  const [smaller, largest] = medians.slice(-2)
  if (!smaller || !largest) throw new Error('No queue was measured')
  const [open50, open99] = quantiles(open, [0.5, 0.99])
  return [
    ...medians.map(({ tickets, quantiles: [p50, p99] }) =>
      figure(`queue view with counts of ${tickets.toLocaleString('en')} tickets, p50`, p50, 'ms', {
        aim: '< 15',
        note: `p99 ${p99.toFixed(1)} ms`,
      }),
    ),
    figure('queue view that counts anew, p50', quantiles(counted, [0.5])[0], 'ms', {
      aim: '< 15',
      note: `${counted.length} requests, one in four seconds, of ${largest.tickets.toLocaleString('en')} tickets`,
    }),
    figure('queue view at 100 requests/s, open loop, p99', open99, 'ms', {
      aim: '< 50',
      note: `p50 ${open50.toFixed(1)} ms, ${open.length} requests`,
    }),
    figure('queue view, largest to the one before', largest.quantiles[0] / smaller.quantiles[0], 'times', {
      ...(smaller.tickets >= 100_000
        ? { aim: '<= 1.5' }
        : { note: 'counts stop at 1,000, which the smaller does not reach' }),
    }),
    figure('queue view, CPU a request', cpu, 'ms', { note: 'backend and PostgreSQL' }),
  ]
}

async function refuseEmpty(api: DeskApi, headers: Record<string, string>, tickets: number): Promise<void> {
  const card = await (await fetch(`${api.url}/v1/queues/open/card`, { headers })).text()
  if (!card.includes('TKT-') || !card.includes('Calls (0)'))
    throw new Error(`The measured queue of ${tickets} tickets is not whole: ${card.slice(0, 300)}`)
}
