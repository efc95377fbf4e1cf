import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createContext } from '../../../backend/app.ts'
import { readConfig } from '../../../backend/config.ts'
import { connectMailbox } from '../../../backend/features/intake/index.ts'
import { type BackendProcess, startProcess, startWorkerProcess } from '../../support/processes/backend-process.ts'
import { until } from '../../support/until.ts'
import { type Figure, figure } from '../figure.ts'
import { insertRate } from '../limits/inserting.ts'
import { cpuOf } from '../measuring/processes.ts'
import { forgetMailboxes } from '../world/forgetting.ts'
import type { Ground } from '../world/ground.ts'

/** V8 knows the code by then, and whether a minute's recurring work falls into the measured time weighs a quarter of what it did with 1,000. */
const WARM_UP = 500
const COUNT = 4_000
const SOURCE = fileURLToPath(new URL('../mail/flat-gmail.ts', import.meta.url))
const PARSING = fileURLToPath(new URL('../limits/parsing.ts', import.meta.url))

/** From a full change feed to the last ticket: a real worker with its parsers reads, stores, parses and files distinct mails in the big workspace. */
export async function measureMailToTicket(ground: Ground): Promise<Figure[]> {
  const source = await startProcess(SOURCE, {}, /listens on/, [String(WARM_UP), String(COUNT)])
  const googleUrl = `http://127.0.0.1:${numberIn(source, /listens on (\d+)/)}`
  const environment = ground.environmentFor({ googleUrl })
  const ctx = createContext(readConfig({ ...environment, LOG_LEVEL: 'warn' }), { process: 'bench' })
  const owner = new pg.Client({ connectionString: ground.database.urls.owner })
  await owner.connect()
  const worker = await startWorkerProcess(environment)
  const { id: workspaceId = '' } = ground.workspaces.at(-1) ?? {}
  const bring = async (name: string, count: number) => {
    const { mailboxId } = await connectMailbox(ctx, workspaceId, {
      address: 'support@bench.example',
      archiveAddress: `archive-${name}@bench.example`,
      access: 'refresh_token',
      secret: name,
    })
    await until(`${count} mails to be filed`, async () => (await ended(owner, mailboxId)) >= count, {
      seconds: 400,
      found: async () => `${await ended(owner, mailboxId)} are. ${worker.lines.slice(-10).join('\n')}`,
    })
    return mailboxId
  }
  try {
    await bring('warm', WARM_UP)
    const cpu = () => ({ worker: cpuOf(worker.pid), database: cpuOf(ground.postmaster), source: cpuOf(source.pid) })
    const [before, started] = [cpu(), performance.now()]
    const mailboxId = await bring('main', COUNT)
    const seconds = (performance.now() - started) / 1_000
    const after = cpu()
    await refuseLost(owner, mailboxId)
    const each = {
      worker: (after.worker - before.worker) / COUNT,
      database: (after.database - before.database) / COUNT,
      source: (after.source - before.source) / COUNT,
    }
    await worker.kill('SIGTERM')
    const rate = COUNT / seconds
    return [
      figure('mail to ticket', rate, 'mails/s', {
        limit: await parseRate(),
        aim: '>= 300',
        note: 'limit: one mailparser thread on the same mails',
      }),
      figure('mail to ticket, of the raw insert rate', rate, 'mails/s', {
        limit: await insertRate(ground.database.urls.owner),
        note: 'limit: ticket and message rows alone, 4 clients',
      }),
      figure('mail to ticket, CPU a mail', each.worker + each.database, 'ms', {
        aim: '< 5',
        note: `${COUNT} mails after ${WARM_UP}; worker and parsers ${each.worker.toFixed(1)}, PostgreSQL ${each.database.toFixed(1)}; the source ${each.source.toFixed(1)} beside`,
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

const ended = async (owner: pg.Client, mailboxId: string): Promise<number> => {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from desk.mailbox_mail where mailbox_id = $1 and state = 'ended'`,
    [mailboxId],
  )
  return rows[0]?.count ?? 0
}

async function refuseLost(owner: pg.Client, mailboxId: string): Promise<void> {
  const { rows } = await owner.query<{ tickets: number }>(
    'select count(*)::int as tickets from desk.ticket where mailbox_id = $1',
    [mailboxId],
  )
  if (rows[0]?.tickets !== COUNT) throw new Error(`${COUNT} mails became ${rows[0]?.tickets} tickets`)
}

async function parseRate(): Promise<number> {
  const parsing = await startProcess(PARSING, {}, /^parses/, [String(COUNT)])
  await parsing.ended
  return numberIn(parsing, /parses ([\d.]+)/)
}

const numberIn = ({ lines }: BackendProcess, pattern: RegExp): number => Number(pattern.exec(lines.join('\n'))?.[1])
