import { Prisma } from '../../../generated/prisma/client.ts'
import type { Box } from '../../../platform/keyring.ts'
import { formatNumber } from '../../tickets/index.ts'
import type { Scene } from '../views/held.ts'

/** Reminders that a homepage begins with; the others move up as these are done. */
const MOST = 5

export type ReminderRow = {
  id: string
  ticketId: string
  number: number
  subject: string
  remindAt: Date | string
  words: string
}

/** A reminder whose time has come. */
export type DueReminder = { id: string; ticketId: string; number: string; subject: string; at: Date; words: string }

/** JSON: what one person wanted to be reminded of by now, and is not done. */
export const remindersDueSql = ({ workspaceId, me, now }: Scene): Prisma.Sql => Prisma.sql`(
  select coalesce(json_agg(json_build_object('id', r.id, 'ticketId', r.ticket_id, 'number', rt.number, 'subject', rt.subject, 'remindAt', r.remind_at,
    'words', encode(r.words, 'base64')) order by r.remind_at, r.id), '[]')
  from (select * from desk.reminder where workspace_id = ${workspaceId}::uuid and staff_id = ${me}::uuid and done_at is null
    and remind_at <= ${now}::timestamptz order by remind_at, id limit ${Prisma.raw(String(MOST))}) r
  join desk.ticket rt on rt.workspace_id = r.workspace_id and rt.id = r.ticket_id)`

export const presentDue = (box: Box, rows: readonly ReminderRow[]): DueReminder[] =>
  rows.map(({ id, ticketId, number, subject, remindAt, words }) => ({
    id,
    ticketId,
    number: formatNumber(number),
    subject,
    at: new Date(remindAt),
    words: openWords(box, id, Buffer.from(words, 'base64')),
  }))

/** What somebody wrote to themselves. */
export const openWords = (box: Box, id: string, sealed: Uint8Array): string =>
  box.openText('reminder.words', id, sealed)
