import { expect } from '@jest/globals'
import { mailKeyOf } from '../../../backend/features/tickets/index.ts'
import { until } from '../../support/until.ts'
import { ARCHIVE, type CrashingDesk } from './crashing-desk.ts'
import type { Posted } from './post.ts'

/** Recurring jobs wait for their time. A job whose key was given to a newer one while it ran is not tried again: it was replaced, not lost. */
const WAITING = `
  select (select count(*)::int from desk.mailbox_mail where state = 'ended') as ended,
    (select count(*)::int from graphile_worker.jobs
      where task_identifier not like 'every-workspace:%' and (attempts < max_attempts or locked_at is not null) and run_at <= now() + interval '10 minutes') as jobs`

const GIVEN_UP = `select task_identifier, last_error from graphile_worker.jobs where attempts >= max_attempts and last_error is not null and locked_at is null`

/** Waits until every mail in the archive has an outcome and no job is left, running, waiting or stuck. */
export async function settled(desk: CrashingDesk, seconds = 180): Promise<void> {
  const state = async () => (await desk.rows<{ ended: number; jobs: number }>(WAITING))[0] ?? { ended: 0, jobs: 0 }
  const inArchive = () => desk.google.users.mails(ARCHIVE).length
  const isDone = async () => {
    const { ended, jobs } = await state()
    return ended === inArchive() && jobs === 0
  }
  const found = async () => {
    const jobs = await desk.rows(
      `select task_identifier, queue_name, attempts, last_error, locked_at, run_at from graphile_worker.jobs`,
    )
    return `${JSON.stringify(await state())} of ${inArchive()}, jobs: ${JSON.stringify(jobs)}, worker: ${desk.worker.lines().slice(-8).join('\n')}`
  }
  await until('every mail to have an outcome', isDone, { seconds, found })
}

/** The books: what was posted against what the desk holds. */
export async function expectEachMailOnce(desk: CrashingDesk, posted: readonly Posted[]): Promise<void> {
  const messages = await desk.rows<{ key: string; ticket: string }>(
    `select mail_key as key, ticket_id as ticket from desk.message where direction = 'in'`,
  )
  expect(messages.map(({ key }) => key).sort()).toEqual(posted.map(({ messageId }) => mailKeyOf(messageId)).sort())
  const ticketOf = new Map(messages.map(({ key, ticket }) => [key, ticket]))
  for (const { messageId, root } of posted)
    expect([messageId, ticketOf.get(mailKeyOf(messageId))]).toEqual([messageId, ticketOf.get(mailKeyOf(root))])
  const roots = new Set(posted.map(({ root }) => root))
  const tickets = await desk.rows<{ id: string; messages: number }>(
    'select id, message_count as messages from desk.ticket',
  )
  expect(tickets).toHaveLength(roots.size)
  expect(tickets.reduce((sum, ticket) => sum + ticket.messages, 0)).toBe(posted.length)
  await expectEachEventOnce(desk, posted.length, roots.size)
  await expectAnOutcomeForEachCopy(desk)
  expect(await desk.rows(GIVEN_UP)).toEqual([])
}

async function expectEachEventOnce(desk: CrashingDesk, mails: number, tickets: number): Promise<void> {
  const events = await desk.rows<{ type: string; count: number; distinct: number }>(
    `select type, count(*)::int as count, count(distinct coalesce(payload->>'messageId', ticket_id::text))::int as distinct
     from desk.event where type in ('mail.received', 'ticket.created') group by type order by type`,
  )
  expect(events).toEqual([
    { type: 'mail.received', count: mails, distinct: mails },
    { type: 'ticket.created', count: tickets, distinct: tickets },
  ])
}

async function expectAnOutcomeForEachCopy(desk: CrashingDesk): Promise<void> {
  const rows = await desk.rows<{ id: string; outcome: string }>('select gmail_id as id, outcome from desk.mailbox_mail')
  expect(rows.map(({ id }) => id).sort()).toEqual(
    desk.google.users
      .mails(ARCHIVE)
      .map(({ id }) => id)
      .sort(),
  )
  expect(rows.filter(({ outcome }) => !['ticket', 'joined', 'duplicate'].includes(outcome))).toEqual([])
}
