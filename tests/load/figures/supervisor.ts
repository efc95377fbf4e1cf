import pg from 'pg'
import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { leastTime } from '../measuring/least.ts'
import { pageHeaders } from '../measuring/page-headers.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import { closeFloor, openFloor } from '../world/floor.ts'
import type { Ground } from '../world/ground.ts'
import { type Engaged, engage } from '../world/staffing.ts'

const PEOPLE = 50
const WARM_UP = 200
const COUNT = 300
const ROUNDS = 3

/** The first page of whoever leads fifty people at work, beside that of an agent: what the lines about the team cost. They take turns. */
export async function measureSupervisor(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const api = await startDeskApi(ground)
  const staff: Engaged[] = []
  try {
    await openFloor(owner, ground, { workspaceId, people: PEOPLE, more: 0 })
    for (const role of ['agent', 'supervisor'] as const) staff.push(await engage(owner, workspaceId, role))
    const urls = [`${api.url}/desk`]
    const readers = await Promise.all(
      staff.map(async (one) => ({ headers: await pageHeaders(ground, one), times: [] as number[], cpu: 0 })),
    )
    const [agent, supervisor] = readers
    if (!agent || !supervisor) throw new Error('Nobody looks')
    await refuseOther(urls[0] ?? '', supervisor.headers)
    for (const { headers } of readers) await ask({ mode: 'closed', urls, headers, count: WARM_UP })
    const used = () => cpuOf(api.pid) + cpuOf(ground.postmaster)
    for (let round = 0; round < ROUNDS; round++)
      for (const reader of readers) {
        const before = used()
        reader.times.push(...(await ask({ mode: 'closed', urls, headers: reader.headers, count: COUNT })))
        reader.cpu += used() - before
      }
    const cpuOfOne = ({ cpu }: { cpu: number }) => cpu / (ROUNDS * COUNT)
    const [p50, p99] = quantiles(supervisor.times, [0.5, 0.99])
    const [others50] = quantiles(agent.times, [0.5])
    return [
      figure(`first page of a supervisor of ${PEOPLE} at work, p50`, p50, 'ms', {
        limit: await leastTime(ground, { workspaceId, ticketId: ground.cards[0] ?? '' }),
        note: `p99 ${p99.toFixed(1)} ms; an agent’s ${others50.toFixed(1)} ms; limit: Express and one SELECT`,
      }),
      figure('the same, CPU of the lines about the team', cpuOfOne(supervisor) - cpuOfOne(agent), 'ms', {
        note: `backend and PostgreSQL, above the ${cpuOfOne(agent).toFixed(1)} ms of an agent’s`,
      }),
    ]
  } finally {
    await api.stop()
    for (const one of staff) await one.leave()
    await closeFloor(owner, workspaceId)
    await owner.end()
  }
}

async function refuseOther(url: string, headers: Record<string, string>): Promise<void> {
  const page = await (await fetch(url, { headers })).text()
  if (!page.includes('The team now') || !page.includes(`${PEOPLE}, `))
    throw new Error(`The measured page is not a supervisor’s: ${page.slice(-3_000)}`)
}
