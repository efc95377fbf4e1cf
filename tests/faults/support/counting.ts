import { expect } from '@jest/globals'
import { mailKeyOf } from '../../../backend/features/tickets/index.ts'
import { listMailCertificates, startMailCount } from '../../../shared/certificates.ts'
import { until } from '../../support/until.ts'
import type { Answered, Sent } from './correspondence.ts'
import { ARCHIVE, type CrashingDesk } from './crashing-desk.ts'
import { expectObjectsWhole, swept } from './objects.ts'

const OPEN = `
  select (select count(*)::int from desk.mailbox_mail where state = 'ended') as ended,
    (select count(*)::int from desk.journal_entry where state in ('planned', 'running', 'waiting', 'unknown')) as unsent,
    (select count(*)::int from graphile_worker.jobs where task_identifier like 'notices:%' and run_at <= now() and attempts < max_attempts) as due`

type Open = { ended: number; unsent: number; due: number }

/**
 * Waits until each mail in the archive has an outcome and each answer an end; whatever waits for its next attempt is met sooner. What
 * Gmail's history left out is brought in by the count of the night.
 */
export async function calmed(desk: CrashingDesk, seconds: number): Promise<void> {
  const stateOf = async (): Promise<Open> => (await desk.rows<Open>(OPEN))[0] ?? { ended: 0, unsent: 0, due: 0 }
  const inArchive = () => desk.google.users.mails(ARCHIVE).length
  let checks = 0
  const isCalm = async () => {
    const { ended, unsent, due } = await stateOf()
    if (ended >= inArchive() && unsent === 0 && due === 0) return true
    if (++checks % 20 === 0) await desk.travel(2)
    if (checks % 20 === 10) await desk.perform('intake:certify-all') // nothing once it is done, or while the mailbox is read anew
    return false
  }
  const found = async () => {
    const jobs = await desk.rows(
      'select task_identifier, queue_name, attempts, last_error, run_at from graphile_worker.jobs',
    )
    const open = await desk.rows(
      `select gmail_id, state, attempts, reason, raw_id is not null as raw from desk.mailbox_mail where state <> 'ended' limit 5`,
    )
    return `${JSON.stringify(await stateOf())} of ${inArchive()}; ${JSON.stringify(open)}; ${JSON.stringify(jobs)}; ${desk.worker.lines().slice(-8).join('\n')}`
  }
  await until('every mail to have an outcome and every answer an end', isCalm, { seconds, everyMs: 500, found })
}

/** So long after a night's count the next one is made. */
const A_NIGHT = 13 * 60
const LEFT_OUT = 3

/**
 * Mails of which no list of changes ever tells are missed by whoever follows it; the count of the night brings them in and says so.
 * @param write has a mail come
 */
export async function expectMissedFound(desk: CrashingDesk, write: () => void): Promise<void> {
  const inArchive = () => desk.google.users.mails(ARCHIVE).length
  await until('the changes to be followed to their end', () => isUpToDate(desk), { seconds: 240 }) // a list read anew would find them
  desk.google.users.leaveOut(ARCHIVE, LEFT_OUT)
  const before = inArchive()
  while (inArchive() < before + LEFT_OUT) write()
  desk.google.users.leaveOut(ARCHIVE, 0)
  await desk.travel(A_NIGHT)
  await calmed(desk, 240)
  const newest = async () => (await desk.ada.call(listMailCertificates)).items.find(({ kind }) => kind === 'nightly')
  await until('the certificate of the night', async () => (await newest())?.late === LEFT_OUT, { seconds: 120 }) // its mails come before it
  expect(await newest()).toMatchObject({ late: LEFT_OUT, missing: 0 })
}

async function isUpToDate(desk: CrashingDesk): Promise<boolean> {
  const [box] = await desk.rows<{ cursor: string; resyncing: boolean }>(
    'select cursor, resync_page is not null as resyncing from desk.mailbox',
  )
  return box !== undefined && !box.resyncing && BigInt(box.cursor) >= BigInt(desk.google.users.historyId(ARCHIVE))
}

const byCount = `having count(*) > 1`

/**
 * The books: what Gmail holds and what was sent, against what the desk holds and what its own certificate says.
 * @returns how many objects there are
 */
export async function expectCounted(
  desk: CrashingDesk,
  sent: readonly Sent[],
  answered: readonly Answered[],
): Promise<number> {
  await expectOneOutcomeEach(desk)
  await expectOneMessageEach(desk, sent)
  await expectAnswersOnce(desk, answered)
  await expectCertified(desk)
  await swept(desk)
  return expectObjectsWhole(desk)
}

/** Minutes after which no mail is on its way any more for a count. */
export const AGE = 20

/** The desk counts by itself what Gmail lists: each id once, each with an outcome. */
async function expectCertified(desk: CrashingDesk): Promise<void> {
  await desk.travel(AGE)
  await desk.ada.call(startMailCount, { body: { mailboxId: desk.mailboxId } })
  const certificates = async () =>
    (await desk.ada.call(listMailCertificates)).items.filter(({ kind }) => kind === 'asked')
  await until('the certificate', async () => (await certificates()).length > 0, { seconds: 120 })
  const outcomes = await desk.rows<{ outcome: string; count: number }>(
    'select outcome, count(*)::int as count from desk.mailbox_mail group by outcome',
  )
  expect(await certificates()).toMatchObject([
    {
      listed: desk.google.users.mails(ARCHIVE).length,
      outcomes: Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count])),
      late: 0,
      missing: 0,
      unended: 0,
    },
  ])
}

async function expectOneOutcomeEach(desk: CrashingDesk): Promise<void> {
  const rows = await desk.rows<{ id: string; state: string; outcome: string | null; reason: string | null }>(
    'select gmail_id as id, state, outcome, reason from desk.mailbox_mail',
  )
  const inGmail = desk.google.users.mails(ARCHIVE).map(({ id }) => id)
  expect(rows.map(({ id }) => id).sort()).toEqual([...inGmail].sort())
  expect(rows.filter(({ state, outcome }) => state !== 'ended' || !ENDS.includes(outcome ?? ''))).toEqual([])
  const [ignored, notices] = [rows.filter(({ outcome }) => outcome === 'ignored'), await noticesSent(desk)]
  expect(ignored.filter(({ reason }) => reason !== 'own_automatic_mail')).toEqual([])
  expect(ignored.length).toBe(notices)
}

/** A lost access is told to who leads; the archive gets a copy of what the desk sends. */
const ENDS = ['ticket', 'joined', 'duplicate', 'ignored']

async function noticesSent({ rows }: CrashingDesk): Promise<number> {
  const sent = `select count(*)::int as count from desk.journal_entry where kind = 'gmail.notice' and state = 'done'`
  return (await rows<{ count: number }>(sent))[0]?.count ?? 0
}

async function expectOneMessageEach(desk: CrashingDesk, sent: readonly Sent[]): Promise<void> {
  const messages = await desk.rows<{ key: string; ticket: string }>(
    `select mail_key as key, ticket_id as ticket from desk.message where direction = 'in'`,
  )
  expect(messages.map(({ key }) => key).sort()).toEqual(sent.map(({ messageId }) => mailKeyOf(messageId)).sort())
  const ticketOf = new Map(messages.map(({ key, ticket }) => [key, ticket]))
  const astray = sent.filter(
    ({ messageId, root }) => ticketOf.get(mailKeyOf(messageId)) !== ticketOf.get(mailKeyOf(root)),
  )
  expect(astray).toEqual([])
  const roots = new Set(sent.map(({ root }) => root))
  expect(new Set(ticketOf.values()).size).toBe(roots.size)
  const twice = await desk.rows(
    `select payload ->> 'messageId' as message from desk.event where type = 'mail.received' group by 1 ${byCount}`,
  )
  expect(twice).toEqual([])
  const counts = await desk.rows<{ tickets: number; stored: number }>(
    `select coalesce(sum(message_count), 0)::int as tickets, (select count(*)::int from desk.message where direction <> 'note') as stored
     from desk.ticket where merged_into_id is null`,
  )
  expect(counts[0]?.tickets).toBe(counts[0]?.stored)
}

/** What Gmail was given once is with its customer once; what it refused for good is with nobody. */
async function expectAnswersOnce(desk: CrashingDesk, answered: readonly Answered[]): Promise<void> {
  const entries = await desk.rows<{ id: string; state: string }>(
    `select id, state from desk.journal_entry where kind = 'gmail.reply'`,
  )
  const told = answered.flatMap(({ replyId }) => replyId ?? [])
  const untold = entries.filter(({ id }) => !told.includes(id))
  expect(told.filter((id) => !entries.some((entry) => entry.id === id))).toEqual([])
  expect(untold.length).toBe(answered.length - told.length)
  const stateOf = new Map(entries.map(({ id, state }) => [id, state]))
  const wrong = answered.flatMap(({ replyId, text, customer }) => {
    const times = desk.google.customers.inbox(customer).filter((mail) => mail.text.includes(text)).length
    const state = replyId === null ? 'untold' : stateOf.get(replyId)
    const isRight = replyId === null ? times <= 1 : times === (state === 'done' ? 1 : 0)
    return isRight ? [] : [{ replyId, state, times }]
  })
  expect(wrong).toEqual([])
  const arrived = answered.filter(
    ({ replyId, text, customer }) =>
      replyId === null && desk.google.customers.inbox(customer).some((mail) => mail.text.includes(text)),
  )
  expect(arrived.length).toBe(untold.filter(({ state }) => state === 'done').length)
  const [out] = await desk.rows<{ count: number }>(
    `select count(*)::int as count from desk.message where direction = 'out'`,
  )
  expect(out?.count).toBe(entries.filter(({ state }) => state === 'done').length)
}
