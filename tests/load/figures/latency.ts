import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createContext } from '../../../backend/app.ts'
import { readConfig } from '../../../backend/config.ts'
import { connectMailbox } from '../../../backend/features/intake/index.ts'
import { startApi, startProcess, startWorkerProcess } from '../../support/processes/backend-process.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { freePort } from '../measuring/ports.ts'
import { cpuOf } from '../measuring/processes.ts'
import { forgetMailboxes } from '../world/forgetting.ts'
import type { Ground } from '../world/ground.ts'

const PER_SECOND = 20
const WARM_UP = 100
const COUNT = 500
const PUSHER = 'push@bench.example'
/** So often it is looked whether tickets are there; a time is known no better than that. */
const LOOK_MS = 10
const SOURCE = fileURLToPath(new URL('../mail/live-gmail.ts', import.meta.url))

/** From the moment a push leaves Pub/Sub to the ticket that anybody can read: real API, real worker, one mailbox of the big workspace. */
export async function measureLatency(ground: Ground): Promise<Figure[]> {
  const all = WARM_UP + COUNT
  const source = await startProcess(SOURCE, {}, /listens on/, [String(all), String(PER_SECOND), PUSHER])
  const googleUrl = `http://127.0.0.1:${/listens on (\d+)/.exec(source.lines.join('\n'))?.[1]}`
  const port = await freePort()
  const environment = { ...ground.environmentFor({ googleUrl, port }), PUBSUB_ACCOUNT: PUSHER }
  const config = readConfig({ ...environment, LOG_LEVEL: 'warn' })
  const ctx = createContext(config, { process: 'bench' })
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  await forgetMailboxes(owner, workspaceId) // of a run that was broken off
  const [api, worker] = await Promise.all([startApi(environment), startWorkerProcess(environment)])
  try {
    const { mailboxId } = await connectMailbox(ctx, workspaceId, {
      address: 'support@bench.example',
      archiveAddress: 'archive-live@bench.example',
      access: 'refresh_token',
      secret: 'live',
      historyDays: 0,
    })
    const cpu = () => cpuOf(api.pid) + cpuOf(worker.pid)
    const before = cpu()
    const place = new URLSearchParams({
      url: `http://127.0.0.1:${port}/v1/gmail/push`,
      audience: config.pubSub.audience,
    })
    await fetch(`${googleUrl}/begin?${place}`)
    const seen = await watch(owner, mailboxId, all, () => [...api.lines, ...worker.lines].slice(-10).join('\n'))
    const used = (cpu() - before) / all
    const times = await timesOf(`${googleUrl}/sent`, seen)
    await refuseLost(owner, mailboxId, all)
    const [p50, p90, p99] = quantiles(times.slice(WARM_UP), [0.5, 0.9, 0.99])
    const note = `${COUNT} mails at ${PER_SECOND}/s, each with a push of its own`
    return [
      figure('push to ticket, p50', p50, 'ms', { aim: '< 250', note }),
      figure('push to ticket, p99', p99, 'ms', {
        aim: '< 1000',
        note: `p90 ${p90.toFixed(0)}, the slowest ${Math.max(...times.slice(WARM_UP)).toFixed(0)} ms`,
      }),
      figure('push to ticket, CPU a mail', used, 'ms', { note: 'API, worker and parsers, all that they do meanwhile' }),
    ]
  } finally {
    await Promise.all([api.kill('SIGKILL'), worker.kill('SIGKILL'), source.kill('SIGKILL')])
    await forgetMailboxes(owner, workspaceId)
    await owner.end()
    await ctx.close()
  }
}

/** When each mail was first seen to be filed, by its id in Gmail, in the order in which they were filed. */
async function watch(
  owner: pg.Client,
  mailboxId: string,
  count: number,
  lastLines: () => string,
): Promise<Map<string, number>> {
  const seen = new Map<string, number>()
  const latest = performance.now() + (count / PER_SECOND) * 1_000 + 60_000
  while (seen.size < count) {
    if (performance.now() > latest) throw new Error(`${seen.size} of ${count} mails became tickets. ${lastLines()}`)
    const { rows } = await owner.query<{ id: string }>(
      `select gmail_id as id from desk.mailbox_mail where mailbox_id = $1 and state = 'ended' order by seq desc limit 200`,
      [mailboxId],
    )
    const now = Date.now()
    for (const { id } of rows) if (!seen.has(id)) seen.set(id, now)
    await pause(LOOK_MS)
  }
  return seen
}

/** From push to ticket, in the order of the pushes. */
async function timesOf(url: string, seen: Map<string, number>): Promise<number[]> {
  const { sent, refused } = (await (await fetch(url)).json()) as { sent: Record<string, number>; refused: string[] }
  if (refused.length > 0) throw new Error(`${refused.length} pushes were refused, such as ${refused[0]}`)
  return Object.entries(sent).map(([id, at]) => (seen.get(id) ?? Number.NaN) - at)
}

async function refuseLost(owner: pg.Client, mailboxId: string, count: number): Promise<void> {
  const { rows } = await owner.query<{ tickets: number }>(
    'select count(*)::int as tickets from desk.ticket where mailbox_id = $1',
    [mailboxId],
  )
  if (rows[0]?.tickets !== count) throw new Error(`${count} mails became ${rows[0]?.tickets} tickets`)
}
