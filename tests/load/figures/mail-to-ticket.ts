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
/** Mails of a stream in which four of ten are answers to those. */
const STREAM = 2_000
const SOURCE = fileURLToPath(new URL('../mail/flat-gmail.ts', import.meta.url))
const PARSING = fileURLToPath(new URL('../limits/parsing.ts', import.meta.url))

/** From a full change feed to the last ticket: a real worker with its parsers reads, stores, parses and files distinct mails in the big workspace. */
export async function measureMailToTicket(ground: Ground): Promise<Figure[]> {
  const source = await startProcess(SOURCE, {}, /listens on/, [WARM_UP, COUNT, STREAM].map(String))
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
    const measured = async (name: string, count: number): Promise<Measured> => {
      const [before, started] = [cpu(), performance.now()]
      const mailboxId = await bring(name, count)
      const seconds = (performance.now() - started) / 1_000
      const after = cpu()
      await refuseLost(owner, mailboxId, count)
      const each = (which: keyof typeof after) => (after[which] - before[which]) / count
      return { rate: count / seconds, worker: each('worker'), database: each('database'), source: each('source') }
    }
    const main = await measured('main', COUNT)
    const stream = await measured('stream', STREAM)
    await worker.kill('SIGTERM')
    const { rate } = main
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
      cpuFigure('mail to ticket, CPU a mail', main, `${COUNT} mails after ${WARM_UP}`),
      figure('mail of a stream, four of ten are answers', stream.rate, 'mails/s'),
      cpuFigure('mail of a stream, CPU a mail', stream, `${STREAM} mails, answers to those`),
    ]
  } finally {
    await worker.kill('SIGKILL')
    await source.kill('SIGKILL')
    await forgetMailboxes(owner, workspaceId)
    await owner.end()
    await ctx.close()
  }
}

type Measured = { rate: number; worker: number; database: number; source: number }

const cpuFigure = (name: string, { worker, database, source }: Measured, which: string): Figure =>
  figure(name, worker + database, 'ms', {
    aim: '< 5',
    note: `${which}; worker and parsers ${worker.toFixed(1)}, PostgreSQL ${database.toFixed(1)}; the source ${source.toFixed(1)} beside`,
  })

const ended = async (owner: pg.Client, mailboxId: string): Promise<number> => {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::int as count from desk.mailbox_mail where mailbox_id = $1 and state = 'ended'`,
    [mailboxId],
  )
  return rows[0]?.count ?? 0
}

async function refuseLost(owner: pg.Client, mailboxId: string, count: number): Promise<void> {
  const { rows } = await owner.query<{ filed: number }>(
    `select count(*)::int as filed from desk.mailbox_mail where mailbox_id = $1 and outcome in ('ticket', 'joined')`,
    [mailboxId],
  )
  if (rows[0]?.filed !== count) throw new Error(`Of ${count} mails ${rows[0]?.filed} are on tickets`)
}

async function parseRate(): Promise<number> {
  const parsing = await startProcess(PARSING, {}, /^parses/, [String(COUNT)])
  await parsing.ended
  return numberIn(parsing, /parses ([\d.]+)/)
}

const numberIn = ({ lines }: BackendProcess, pattern: RegExp): number => Number(pattern.exec(lines.join('\n'))?.[1])
