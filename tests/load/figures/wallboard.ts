import pg from 'pg'
import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { leastTime } from '../measuring/least.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import { closeFloor, openFloor } from '../world/floor.ts'
import type { Ground } from '../world/ground.ts'

const PEOPLE = 50
const WARM_UP = 150
const COUNT = 600

/** The wallboard of fifty agents as a screen asks for it, in the big workspace with all of today and all open work. */
export async function measureWallboard(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '', tickets = 0 } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const api = await startDeskApi(ground)
  try {
    const { path } = await openFloor(owner, ground, { workspaceId, people: PEOPLE, more: 0 })
    const urls = [`${api.url}${path}`]
    await refuseEmpty(urls[0] ?? '')
    await ask({ mode: 'closed', urls, headers: {}, count: WARM_UP })
    const before = { api: cpuOf(api.pid), database: cpuOf(ground.postmaster) }
    const times = await ask({ mode: 'closed', urls, headers: {}, count: COUNT })
    const cpu = {
      api: (cpuOf(api.pid) - before.api) / COUNT,
      database: (cpuOf(ground.postmaster) - before.database) / COUNT,
    }
    const [p50, p99] = quantiles(times, [0.5, 0.99])
    const limit = await leastTime(ground, { workspaceId, ticketId: ground.cards[0] ?? '' })
    return [
      figure(`wallboard of ${PEOPLE} agents in ${tickets.toLocaleString('en')} tickets, p50`, p50, 'ms', {
        aim: '< 20',
        limit,
        note: `p99 ${p99.toFixed(1)} ms; the whole page over HTTP, by a display link; limit: Express and one SELECT`,
      }),
      figure('wallboard, CPU a request', cpu.api + cpu.database, 'ms', {
        note: `backend ${cpu.api.toFixed(2)}, PostgreSQL ${cpu.database.toFixed(2)}`,
      }),
    ]
  } finally {
    await api.stop()
    await closeFloor(owner, workspaceId)
    await owner.end()
  }
}

async function refuseEmpty(url: string): Promise<void> {
  const page = await (await fetch(url)).text()
  if (!page.includes(`Agent ${PEOPLE}<`) || !page.includes('90 %'))
    throw new Error(`The measured wallboard is not whole: ${page.slice(-3_000)}`)
}
