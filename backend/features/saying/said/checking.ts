import { z } from 'zod'
import type { OrderView } from '../../../../shared/orders.ts'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { freshText } from '../../intake/index.ts'
import { notify, person, ticketPath } from '../../notices/index.ts'
import { numbersElsewhere } from '../../orders/index.ts'
import { formatNumber, viewTicket } from '../../tickets/index.ts'
import { saidOtherwise } from '../events.ts'
import { framesSql, ownWords } from '../own-words.ts'
import { type Done, differences } from './comparing.ts'
import { doneFor } from './done.ts'
import { type Said, saidIn } from './reading.ts'

/** Compares what an answer says with what was done, and tells its writer once where they differ. */
export const checkSaid = job('saying:check', z.object({ messageId: z.uuid() }), async (ctx: Ctx, workspaceId, wish) => {
  const answer = await inWorkspace(ctx, workspaceId, (tx) => answerOf(ctx, tx, wish.messageId), { reads: true })
  if (!answer) return
  const { shop } = await viewTicket(ctx, answer.ticketId, systemOf(workspaceId))
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const done = await doneFor(tx, answer, shop.orders)
    const isAllKnown = shop.orders.every(({ details }) => details !== null)
    const told = [
      ...differences(isAllKnown ? answer.said : provable(answer.said, done), done),
      ...(await wrongNumbers(tx, answer, shop.orders)),
    ]
    if (told.length > 0) await tell(ctx, tx, answer, told)
  })
})

type Answer = { id: string; ticketId: string; staffId: string | null; number: number; text: string; said: Said[] }

type Row = Omit<Answer, 'text' | 'said'> & { sentAt: Date; body: Uint8Array; timeZone: string; frames: string[] }

async function answerOf(ctx: Ctx, tx: Tx, messageId: string): Promise<Answer | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select m.id::text, m.ticket_id::text as "ticketId", m.author_id::text as "staffId", t.number, m.sent_at as "sentAt", m.body,
      w.time_zone as "timeZone", ${framesSql} as frames
    from desk.message m
    join desk.ticket t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
    join desk.workspace w on w.workspace_id = m.workspace_id
    where m.workspace_id = ${tx.workspaceId}::uuid and m.id = ${messageId}::uuid`
  if (!row) return null
  const { sentAt, body, timeZone, frames, ...answer } = row
  const fresh = freshText((await ctx.keyring.box(tx)).openText('message.body', answer.id, body))
  const text = ctx.mask(ownWords(fresh, frames))
  return { ...answer, text, said: saidIn(text, dayIn(timeZone, sentAt)) }
}

/** Where an order beside the ticket is closed to it, its refunds are not known: what is found nowhere may be there. */
const provable = (said: readonly Said[], { refunds, giftCards }: Done): Said[] =>
  said.filter(
    ({ kind }) => kind === 'code' || (kind !== 'days' && (kind === 'refund' ? refunds : giftCards).length > 0),
  )

/** Order numbers that are somebody else's, or nobody's. One that was just made for this ticket may not be known yet. */
async function wrongNumbers(tx: Tx, { ticketId, text }: Answer, orders: readonly OrderView[]): Promise<string[]> {
  const elsewhere = await numbersElsewhere(tx, { ticketId, beside: orders.map(({ id }) => id) }, text)
  const isMade = elsewhere.some(({ known }) => !known) && (await madeOrders(tx, ticketId))
  return elsewhere.flatMap(({ key, known }) => {
    if (known) return [`You wrote the order number ${key}; that order is not this customer’s.`]
    return isMade ? [] : [`You wrote the order number ${key}; no such order is known.`]
  })
}

async function madeOrders(tx: Tx, ticketId: string): Promise<boolean> {
  const { workspaceId } = tx
  return (await tx.actionStep.count({ where: { workspaceId, kind: 'reship', action: { ticketId } } })) > 0
}

async function tell(ctx: Ctx, tx: Tx, answer: Answer, told: readonly string[]): Promise<void> {
  const { workspaceId, now } = tx
  const { id: messageId, ticketId, staffId } = answer
  const id = newId(now)
  const words = (await ctx.keyring.box(tx)).seal('said_otherwise.words', id, JSON.stringify(told))
  const { count } = await tx.saidOtherwise.createMany({
    data: [{ workspaceId, id, ticketId, messageId, staffId, count: told.length, words, foundAt: now }],
    skipDuplicates: true,
  })
  if (count === 0) return
  await record(tx, [saidOtherwise({ ticketId, messageId, differences: told.length, by: systemOf(workspaceId) })])
  if (staffId === null) return
  const number = formatNumber(answer.number)
  const lines = [
    `Your answer on ${number} says other than what was done:`,
    '',
    ...told,
    '',
    'Look at the ticket, and tell the customer if it was a slip.',
  ]
  await notify(ctx, tx, await person(tx, staffId), {
    kind: 'said',
    about: `said/${messageId}`,
    subject: `${number}: your answer and what was done`,
    lines,
    path: ticketPath(ticketId),
    number,
  })
}
