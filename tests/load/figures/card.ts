import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { withLeast } from '../measuring/least.ts'
import { cpuOf } from '../measuring/processes.ts'
import { ask, throughput } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'

const WARM_UP = 300
const ALONE = 1_000
const OPEN_LOOP = { perSecond: 100, count: 2_000 }
const LOAD = { connections: 8, seconds: 8 }

/** The card view of one ticket with 20 messages, over HTTP with an API key, in the big workspace. */
export async function measureCard(ground: Ground): Promise<Figure[]> {
  const api = await startDeskApi(ground)
  try {
    const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
    const urls = ground.cards.map((card) => `${api.url}/v1/tickets/${card}`)
    const headers = await api.headersFor(workspaceId)
    await refuseIncomplete(urls[0] ?? '', headers)
    await ask({ mode: 'closed', urls, headers, count: WARM_UP })
    const before = { api: cpuOf(api.pid), database: cpuOf(ground.postmaster) }
    const alone = await ask({ mode: 'closed', urls, headers, count: ALONE })
    const cpu = {
      api: (cpuOf(api.pid) - before.api) / ALONE,
      database: (cpuOf(ground.postmaster) - before.database) / ALONE,
    }
    const open = await ask({ mode: 'open', urls, headers, ...OPEN_LOOP })
    const [p50, p99] = quantiles(alone, [0.5, 0.99])
    const [open50, open99] = quantiles(open, [0.5, 0.99])
    return [
      figure('card with 20 messages, 1 client, p50', p50, 'ms', { aim: '< 5', note: `p99 ${p99.toFixed(1)} ms` }),
      figure('card, CPU a request', cpu.api + cpu.database, 'ms', {
        note: `backend ${cpu.api.toFixed(2)}, PostgreSQL ${cpu.database.toFixed(2)}`,
      }),
      figure('card at 100 requests/s, open loop, p99', open99, 'ms', {
        aim: '< 20',
        note: `p50 ${open50.toFixed(1)} ms, ${open.length} requests`,
      }),
      await share(ground, urls[0] ?? '', headers),
    ]
  } finally {
    await api.stop()
  }
}

async function refuseIncomplete(url: string, headers: Record<string, string>): Promise<void> {
  const card = (await (await fetch(url, { headers })).json()) as { messages?: { excerpt: string }[] }
  if (card.messages?.length !== 20 || card.messages[0]?.excerpt.length !== 400)
    throw new Error(`The measured card is not whole: ${JSON.stringify(card).slice(0, 300)}`)
}

async function share(ground: Ground, url: string, headers: Record<string, string>): Promise<Figure> {
  const card = await throughput(url, headers, LOAD)
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const ticketId = url.slice(url.lastIndexOf('/') + 1)
  return figure('cards at 8 connections', card, '/s', {
    limit: await withLeast(ground, { workspaceId, ticketId }, (least) => throughput(least, {}, LOAD)),
    note: 'limit: Express and one primary-key SELECT over pg',
  })
}
