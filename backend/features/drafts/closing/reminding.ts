import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { enqueue, job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { mayAffectOutside, withholdInShadow } from '../../settings/index.ts'
import { formatNumber, lockTicket } from '../../tickets/index.ts'
import { keyOf, planMail } from '../replying.ts'
import { languageOf } from '../saved/values.ts'
import { hasSender } from '../thread.ts'
import { REMINDER, sendReminder } from './sending.ts'
import { closingIn } from './settings.ts'
import { fillReminder, ownText } from './texts.ts'

const DAY_MS = 24 * 60 * 60_000

/** Asks a customer once whether they still need help. They may have written, or the ticket moved, since this was put in line. */
export const remindCustomer = job(
  'drafts:remind-customer',
  z.object({ ticketId: z.uuid() }),
  (ctx: Ctx, workspaceId, { ticketId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      await lockTicket(tx, ticketId)
      const due = await dueIn(tx, ticketId)
      if (due === null) return
      if (await withholdInShadow(tx, REMINDER, { ticketId, mailboxId: due.mailboxId })) return countAnew(tx, ticketId)
      if (!(await mayAffectOutside(ctx, tx))) return
      await tx.$executeRaw`
        update desk.idle_ticket set reminded_at = ${tx.now}
        where workspace_id = ${workspaceId}::uuid and ticket_id = ${ticketId}::uuid and reminded_at is null`
      if (due.reachable) await planIn(ctx, tx, ticketId, due.text)
    }),
)

/** Who was not reminded in shadow mode is not reminded as soon as it ends: the ticket counts as quiet from now on. */
async function countAnew(tx: Tx, ticketId: string): Promise<void> {
  await tx.idleTicket.updateMany({ where: { workspaceId: tx.workspaceId, ticketId }, data: { since: tx.now } })
}

async function planIn(ctx: Ctx, tx: Tx, ticketId: string, text: string): Promise<void> {
  const mail = { ticketId, text, kind: REMINDER, automatic: true }
  const replyId = await planMail(ctx, tx, mail, systemOf(tx.workspaceId)).catch(unlessWithheld)
  if (replyId === null) return
  await enqueue(tx, sendReminder, { replyId }, { queue: `ticket:${ticketId}`, key: keyOf(replyId) })
}

/** Who must not be written to by a machine is not reminded; a person still closes the ticket, or the day does. */
function unlessWithheld(error: unknown): null {
  if (error instanceof DeskError && error.code === 'automatic_withheld') return null
  throw error
}

type Row = {
  number: number
  subject: string
  customer: string
  tags: string[]
  language: string | null
  languages: string[]
  since: Date
  /** Whether a person wrote last. */
  human: boolean
  email: string
  /** From where they would be written to. */
  mailbox: { id: string; address: string; archiveAddress: string } | null
}

/** Null when it is not due any more. A machine that wrote last is not written to, nor is who has no address of their own. */
async function dueIn(
  tx: Tx,
  ticketId: string,
): Promise<{ text: string; reachable: boolean; mailboxId: string | null } | null> {
  const { remindPending, closeReminded, texts } = await closingIn(tx)
  const [row] = await tx.$queryRaw<Row[]>`
    select t.number, t.subject, c.name as customer, t.tags, t.language, w.languages, k.since,
      coalesce((select not m.automatic and m.author_kind = 'customer' from desk.message m where m.workspace_id = t.workspace_id
        and m.ticket_id = t.id and m.direction = 'in' order by m.sent_at desc, m.id desc limit 1), true) as human,
      c.email, (select json_build_object('id', b.id, 'address', b.address, 'archiveAddress', b.archive_address) from desk.mailbox b
        where b.workspace_id = t.workspace_id and b.id = coalesce(t.mailbox_id, b.id) order by b.created_at, b.id limit 1) as mailbox
    from desk.idle_ticket k
    join desk.ticket t on t.workspace_id = k.workspace_id and t.id = k.ticket_id
    join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    join desk.workspace w on w.workspace_id = t.workspace_id
    where k.workspace_id = ${tx.workspaceId}::uuid and k.ticket_id = ${ticketId}::uuid and k.reminded_at is null
      and t.status = 'pending' and t.void_reason is null and t.snoozed_until is null`
  if (!row || remindPending === null || row.since.getTime() > tx.now.getTime() - remindPending * DAY_MS) return null
  const language = languageOf(row, row.languages)
  const given = (texts as Record<string, string | undefined>)[language] ?? ownText(language, closeReminded)
  const text = fillReminder(given, {
    customer: row.customer,
    ticket: formatNumber(row.number),
    subject: row.subject,
    days: String(closeReminded ?? ''),
  })
  const { human, email, mailbox } = row
  const reachable = human && mailbox !== null && email !== '' && hasSender(email, mailbox)
  return { text, reachable, mailboxId: mailbox?.id ?? null }
}
