import pg from 'pg'
import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { leastTime } from '../measuring/least.ts'
import { pageHeaders } from '../measuring/page-headers.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'
import { engage } from '../world/staffing.ts'

const WARM_UP = 200
const COUNT = 600
/** Texts differ in length: so many pages are weighed. */
const WEIGHED = 50

/** The page of a ticket with 20 messages and the list of one's own, in the big workspace, each for somebody who is signed in. */
export async function measureDeskPage(ground: Ground): Promise<Figure[]> {
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const agent = await engage(owner, workspaceId)
  const api = await startDeskApi(ground)
  try {
    const headers = await pageHeaders(ground, agent)
    const tickets = ground.cards.map((card) => `${api.url}/desk/tickets/${card}`)
    const size = await largestOf(tickets.slice(0, WEIGHED), headers)
    const script = await bytesOf(`${api.url}/scripts/live.js`, {})
    const page = await timesOf(api.pid, ground, { urls: tickets, headers })
    const list = await timesOf(api.pid, ground, { urls: [`${api.url}/desk`, `${api.url}/desk/queues/open`], headers })
    const limit = await leastTime(ground, { workspaceId, ticketId: ground.cards[0] ?? '' })
    return [
      figure('desk page of a ticket with 20 messages, p50', page.p50, 'ms', {
        aim: '< 15',
        limit,
        note: `p99 ${page.p99.toFixed(1)} ms, CPU ${page.cpu.toFixed(1)} ms, signed in, over HTTP; limit: Express and one SELECT`,
      }),
      figure('the same on the wire, head and body as served', size / 1_000, 'kB', {
        aim: '< 60',
        note: `the largest of ${WEIGHED}, not compressed; its script, which browsers keep, is ${(script / 1_000).toFixed(1)} kB more`,
      }),
      figure('desk page of a list with all counts, p50', list.p50, 'ms', {
        limit,
        note: `p99 ${list.p99.toFixed(1)} ms, CPU ${list.cpu.toFixed(1)} ms`,
      }),
    ]
  } finally {
    await api.stop()
    await agent.leave()
    await owner.end()
  }
}

type Asked = { urls: string[]; headers: Record<string, string> }

async function timesOf(pid: number, { postmaster }: Ground, asked: Asked) {
  await ask({ mode: 'closed', ...asked, count: WARM_UP })
  const before = cpuOf(pid) + cpuOf(postmaster)
  const times = await ask({ mode: 'closed', ...asked, count: COUNT })
  const cpu = (cpuOf(pid) + cpuOf(postmaster) - before) / COUNT
  const [p50, p99] = quantiles(times, [0.5, 0.99])
  return { p50, p99, cpu }
}

async function largestOf(urls: readonly string[], headers: Record<string, string>): Promise<number> {
  let most = 0
  for (const url of urls) most = Math.max(most, await bytesOf(url, headers, refusePart))
  return most
}

/** @throws Error when it is not the whole page */
function refusePart(text: string): void {
  const messages = text.match(/<article class="msg/g)?.length ?? 0
  if (messages !== 20 || !text.includes('name="reply"'))
    throw new Error(`The measured page is not whole: ${messages} messages`)
}

/** Bytes of an answer with its head. @throws Error when it is refused */
async function bytesOf(url: string, headers: Record<string, string>, look = (_text: string) => {}): Promise<number> {
  const response = await fetch(url, { headers: { ...headers, 'accept-encoding': 'identity' }, redirect: 'manual' })
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${url} was answered with ${response.status}`)
  look(text)
  const head = [...response.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
  return Buffer.byteLength(text) + head
}
