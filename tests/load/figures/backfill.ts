import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createContext } from '../../../backend/app.ts'
import { readConfig } from '../../../backend/config.ts'
import { startBackfill } from '../../../backend/features/intake/backfill/steering.ts'
import { connectMailbox } from '../../../backend/features/intake/index.ts'
import { systemOf } from '../../../backend/platform/actor.ts'
import { startProcess, startWorkerProcess } from '../../support/processes/backend-process.ts'
import { type Figure, figure } from '../figure.ts'
import { cpuOf, memoryOf } from '../measuring/processes.ts'
import { forgetMailboxes } from '../world/forgetting.ts'
import type { Ground } from '../world/ground.ts'

const SOURCE = fileURLToPath(new URL('../mail/past-gmail.ts', import.meta.url))
const MONTHS = 3
const DAYS = 80
const COUNT = 5_000
const FULL_COUNT = 100_000
/** So often the worker's memory is looked at. */
const LOOK_MS = 1_000

/** Three months of earlier mail by a real worker: how fast they come in, and what the worker holds meanwhile. */
export async function measureBackfill(ground: Ground, isFull: boolean): Promise<Figure[]> {
  const count = isFull ? FULL_COUNT : COUNT
  const now = Math.floor(Date.now() / 1_000)
  const source = await startProcess(SOURCE, {}, /listens on/, [
    String(count),
    String(now - DAYS * 86_400),
    String(now - 86_400),
  ])
  const port = /listens on (\d+)/.exec(source.lines.join('\n'))?.[1]
  const environment = {
    ...ground.environmentFor({ googleUrl: `http://127.0.0.1:${port}` }),
    GMAIL_UNITS_PER_MINUTE: '100000000', // Gmail's pace is not what is measured
  }
  const ctx = createContext(readConfig({ ...environment, LOG_LEVEL: 'warn' }), { process: 'bench' })
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  await forgetMailboxes(owner, workspaceId) // of a run that was broken off
  const { mailboxId } = await connectMailbox(ctx, workspaceId, {
    address: 'support@bench.example',
    archiveAddress: 'archive-past@bench.example',
    access: 'refresh_token',
    secret: 'past',
    historyDays: 0,
  })
  const worker = await startWorkerProcess(environment)
  try {
    const cpu = () => ({ worker: cpuOf(worker.pid), database: cpuOf(ground.postmaster) })
    const [before, started] = [cpu(), performance.now()]
    await startBackfill(ctx, workspaceId, { mailboxId, months: MONTHS }, systemOf(workspaceId))
    const held: { filed: number; megabytes: number }[] = []
    for (let filed = 0; filed < count; ) {
      await pause(LOOK_MS)
      filed = await filedIn(owner, mailboxId)
      held.push({ filed, megabytes: memoryOf(worker.pid) / 1e6 })
      if (performance.now() - started > count * 50 + 60_000)
        throw new Error(`${filed} of ${count} came in. ${worker.lines.slice(-10).join('\n')}`)
    }
    const seconds = (performance.now() - started) / 1_000
    const after = cpu()
    await refuseWrong(owner, mailboxId, count)
    const each = {
      worker: (after.worker - before.worker) / count,
      database: (after.database - before.database) / count,
    }
    const [second, last] = [average(held, 0.25, 0.5), average(held, 0.75, 1)]
    return [
      figure('backfill', count / seconds, 'mails/s', { note: `${count} mails, filed as closed tickets` }),
      figure('backfill, CPU a mail', each.worker + each.database, 'ms', {
        note: `worker and parsers ${each.worker.toFixed(1)}, PostgreSQL ${each.database.toFixed(1)}`,
      }),
      figure('backfill, memory of worker and parsers, last quarter', last, 'MB', {
        limit: second,
        note: `limit: its second quarter; ${curve(held)}`,
      }),
    ]
  } finally {
    await worker.kill('SIGKILL')
    await source.kill('SIGKILL')
    await forgetMailboxes(owner, workspaceId)
    await owner.end()
    await ctx.close()
  }
}

const filedIn = async (owner: pg.Client, mailboxId: string): Promise<number> => {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from desk.mailbox_mail where mailbox_id = $1 and state = 'ended'`,
    [mailboxId],
  )
  return rows[0]?.count ?? 0
}

/** Every mail is a ticket of its own, closed, and none has a clock. */
async function refuseWrong(owner: pg.Client, mailboxId: string, count: number): Promise<void> {
  const { rows } = await owner.query<{ closed: number; clocks: number }>(
    `select count(*) filter (where t.status = 'closed')::int as closed, count(k.ticket_id)::int as clocks
     from desk.ticket t left join desk.sla_clock k on k.workspace_id = t.workspace_id and k.ticket_id = t.id where t.mailbox_id = $1`,
    [mailboxId],
  )
  const [found] = rows
  if (found?.closed !== count || found.clocks !== 0)
    throw new Error(`${count} mails became ${found?.closed} closed tickets with ${found?.clocks} clocks`)
}

type Held = readonly { filed: number; megabytes: number }[]

function average(held: Held, from: number, to: number): number {
  const part = held.slice(Math.floor(held.length * from), Math.max(Math.ceil(held.length * to), 1))
  return part.reduce((sum, { megabytes }) => sum + megabytes, 0) / part.length
}

/** Ten looks at it, from the first to the last. */
function curve(held: Held): string {
  const looks = Array.from({ length: 10 }, (_, n) => held[Math.floor((n * (held.length - 1)) / 9)])
  return looks.map((look) => `${look?.filed}: ${look?.megabytes.toFixed(0)}`).join(', ')
}
