import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../../tickets/index.ts'
import { automaticReplyPlanned } from '../events.ts'
import { replyIn } from '../replying.ts'
import { fillIn, leftIn, type Values } from './filling.ts'
import { savedReplyIn, textIn } from './replies.ts'
import { languageOf } from './values.ts'

type Row = {
  number: number
  subject: string
  customer: string
  email: string
  tags: string[]
  language: string | null
  languages: string[]
  person: boolean
}

/**
 * Answers a customer with a saved reply of the workspace, as a machine: nothing waits for less because of it.
 * @throws DeskError invalid_request for a customer who is a machine, or words that only a person can fill in; not_found for a reply that is gone
 */
export async function answerByMachine(
  ctx: Ctx,
  tx: Tx,
  { ticketId, savedReplyId }: { ticketId: string; savedReplyId: string },
  by: Actor,
): Promise<void> {
  const saved = await savedReplyIn(tx, savedReplyId, null)
  const [row] = await tx.$queryRaw<Row[]>`
    select t.number, t.subject, c.name as customer, c.email, t.tags, t.language, w.languages,
      coalesce((select not m.automatic and m.author_kind = 'customer' from desk.message m where m.workspace_id = t.workspace_id
        and m.ticket_id = t.id and m.direction = 'in' order by m.sent_at desc, m.id desc limit 1), false) as person
    from desk.ticket t
    join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    join desk.workspace w on w.workspace_id = t.workspace_id
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = ${ticketId}::uuid`
  if (!row?.person)
    throw new DeskError('invalid_request', 'The newest mail is not from a person, so no automatic answer goes out.')
  const text = fillIn(textIn(saved, languageOf(row, row.languages)), valuesOf(row))
  const left = leftIn(text)
  if (left.length > 0) throw new DeskError('invalid_request', `Only a person can fill in ${left.join(', ')}.`)
  await replyIn(ctx, tx, { ticketId, text, automatic: automaticReplyPlanned }, by)
}

function valuesOf({ number, subject, customer, email }: Row): Values {
  const named = customer === email ? '' : customer
  return {
    customer,
    first_name: named.split(/\s+/)[0] || customer,
    ticket: formatNumber(number),
    subject,
  }
}

/** Places in a saved reply that only a person can fill in. */
export const unfillable = (text: string): string[] =>
  leftIn(fillIn(text, { customer: '-', first_name: '-', ticket: '-', subject: '-' }))
