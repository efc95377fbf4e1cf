import { expect, test } from '@jest/globals'
import { createContext } from '../../backend/app.ts'
import { readConfig } from '../../backend/config.ts'
import { startBackfill } from '../../backend/features/intake/backfill/steering.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { rawMail } from '../support/raw-mail.ts'
import { until } from '../support/until.ts'
import { ARCHIVE, type CrashingDesk, SUPPORT, startCrashingDesk } from './support/crashing-desk.ts'

const MAILS = 400
const KILLS = 6
const DAY_MS = 86_400_000
const WRITING = /\.(send|insert|import|modify|batchModify|trash|untrash|delete|batchDelete|create|update|patch)$/

test('a worker that dies again and again in the middle of earlier mail brings in each mail once, goes on where it stood, and sends nothing', async () => {
  const desk = await startCrashingDesk()
  try {
    await desk.worker.end('SIGKILL')
    stoodThere(desk)
    await started(desk)
    await desk.worker.start()
    const reached: number[] = []
    for (let kill = 1; kill <= KILLS; kill++) {
      const enough = (MAILS * kill) / (KILLS + 2)
      await until('more mails', async () => (await standing(desk)).mails >= enough, { everyMs: 10, seconds: 60 })
      expect((await standing(desk)).state).toBe('running')
      await desk.worker.killAndRestart()
      reached.push((await standing(desk)).reached)
    }
    const isOver = async () => {
      const { state, open } = await standing(desk)
      return state === 'done' && open === 0
    }
    await until('the end of the past', isOver, {
      seconds: 120,
      found: async () => JSON.stringify(await standing(desk)),
    })
    expect(reached).toEqual([...reached].sort((one, other) => one - other))
    expect(await standing(desk)).toMatchObject({ mails: MAILS, messages: MAILS, distinct: MAILS, listed: MAILS })
    expect(await outside(desk)).toEqual({ calls: [], live: 0, journal: 0, closed: MAILS })
  } finally {
    await desk.stop()
  }
})

/** In the archive before the desk looked at it, eighty days long. */
function stoodThere(desk: CrashingDesk): void {
  for (let n = 0; n < MAILS; n++) {
    const from = `past${n}@home.example`
    const at = new Date(Date.now() - (80 - (n * 79) / MAILS) * DAY_MS)
    const headers = { 'Message-ID': `<past${n}@home.example>`, From: from, To: SUPPORT, Subject: `Old ${n}` }
    desk.google.deliver(rawMail({ ...headers, Date: at.toUTCString() }, 'Old words'), { from, to: [ARCHIVE] }, { at })
  }
  desk.google.users.forgetHistory(ARCHIVE) // no change feed tells of it
}

async function started({ environment, workspaceId, mailboxId }: CrashingDesk): Promise<void> {
  const ctx = createContext(readConfig({ ...environment, LOG_LEVEL: 'error' }), { process: 'set-up' })
  try {
    await startBackfill(ctx, workspaceId, { mailboxId, months: 3 }, systemOf(workspaceId))
  } finally {
    await ctx.close()
  }
}

type Standing = {
  state: string
  reached: number
  listed: number
  mails: number
  open: number
  messages: number
  distinct: number
}

async function standing({ rows }: CrashingDesk): Promise<Standing> {
  const [row] = await rows<Standing>(
    `select b.state, extract(epoch from b.reached_at)::float as reached, b.listed,
       (select count(*)::int from desk.mailbox_mail) as mails,
       (select count(*)::int from desk.mailbox_mail where state <> 'ended') as open,
       (select count(*)::int from desk.message) as messages, (select count(distinct mail_key)::int from desk.message) as distinct
     from desk.mailbox_backfill b`,
  )
  if (!row) throw new Error('No earlier mail is being read')
  return row
}

async function outside({ google, rows }: CrashingDesk) {
  const [row] = await rows<{ live: number; journal: number; closed: number }>(
    `select (select count(*)::int from desk.event where ticket_id is not null and not historical) as live,
       (select count(*)::int from desk.journal_entry) as journal,
       (select count(*)::int from desk.ticket where status = 'closed' and assignee_id is null) as closed`,
  )
  return { calls: Object.keys(google.quota.of(ARCHIVE).calls).filter((method) => WRITING.test(method)), ...row }
}
