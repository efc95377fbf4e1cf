import { z } from 'zod'
import type { Money } from '../../../../shared/money.ts'
import type { OrderView } from '../../../../shared/orders.ts'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { freshText } from '../../intake/index.ts'
import { noticeText, notify, person } from '../../notices/index.ts'
import { numbersElsewhere } from '../../orders/index.ts'
import { zoneOf } from '../../settings/index.ts'
import { formatNumber, viewTicket } from '../../tickets/index.ts'
import { saidOtherwise } from '../events.ts'
import { framesSql, ownWords } from '../own-words.ts'
import { type Done, differences } from './comparing.ts'
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

type Step = {
  kind: 'refund' | 'gift_card'
  minor: bigint
  currency: string
  customerMinor: bigint | null
  customerCurrency: string | null
  doneAt: Date | null
}

async function doneFor(tx: Tx, { ticketId, said }: Answer, orders: readonly OrderView[]): Promise<Done> {
  const steps = await tx.$queryRaw<Step[]>`
    select s.kind, s.minor, s.currency, s.customer_minor as "customerMinor", s.customer_currency as "customerCurrency",
      s.done_at as "doneAt"
    from (
      select workspace_id, id from desk.combined_action where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${ticketId}::uuid
      union
      select workspace_id, id from desk.combined_action where workspace_id = ${tx.workspaceId}::uuid and order_id = any(${orders.map(({ id }) => id)}::uuid[])) a
    join desk.action_step s on s.workspace_id = a.workspace_id and s.action_id = a.id
    where s.kind in ('refund', 'gift_card') and s.state not in ('refused', 'dropped') and s.minor is not null and s.currency is not null limit 200`
  const moneyOf = (kind: Step['kind']): Money[] => steps.filter((step) => step.kind === kind).flatMap(moneyIn)
  const inShopify = orders.flatMap(({ details }) =>
    details ? [details.refunded, ...details.refunds.map(({ amount }) => amount)] : [],
  )
  const refunds = [...moneyOf('refund'), ...inShopify.map(({ minor, currency }) => ({ minor, currency }))]
  return {
    refunds: distinct(refunds.filter(({ minor }) => minor !== 0)),
    giftCards: moneyOf('gift_card'),
    codes: await knownCodes(tx, ticketId, { said, orders }),
    days: daysOf(await zoneOf(tx), orders, steps),
  }
}

/** Not all of it has left: what is said of a parcel may be said of one that the desk does not know yet. */
const isUnsent = ({ cancelledAt, fulfilment }: OrderView): boolean =>
  cancelledAt === null && fulfilment.toLowerCase() !== 'fulfilled'

/** What happened when: by the clock of the workspace and by UTC, which shops in other zones are between. */
function daysOf(timeZone: string, orders: readonly OrderView[], steps: readonly Step[]): Done['days'] {
  const details = orders.flatMap((order) => order.details ?? [])
  const parcels = orders.some(isUnsent) ? [] : details.flatMap((one) => one.parcels)
  const days = (times: readonly (string | Date | null)[]) => [
    ...new Set(times.flatMap((at) => (at ? [dayIn(timeZone, new Date(at)), dayIn('UTC', new Date(at))] : []))),
  ]
  return {
    ordered: days(orders.map(({ placedAt }) => placedAt)),
    shipped: days(parcels.map(({ shippedAt }) => shippedAt)),
    delivered: days(parcels.map(({ deliveredAt }) => deliveredAt)),
    expected: days(parcels.map(({ expectedAt }) => expectedAt)),
    refunded: days([
      ...details.flatMap(({ refunds }) => refunds.map(({ at }) => at)),
      ...steps.map(({ doneAt }) => doneAt),
    ]),
  }
}

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

const moneyIn = ({ minor, currency, customerMinor, customerCurrency }: Step): Money[] => [
  { minor: Number(minor), currency },
  ...(customerMinor !== null && customerCurrency !== null && customerCurrency !== currency
    ? [{ minor: Number(customerMinor), currency: customerCurrency }]
    : []),
]

/** The same refund is known from the action and from the order. */
const distinct = (amounts: readonly Money[]): Money[] => [
  ...new Map(amounts.map((money) => [`${money.minor} ${money.currency}`, money])).values(),
]

/** Of the codes that were written, those that belong to the ticket, to an order beside it, or to another ticket of its customer. */
async function knownCodes(
  tx: Tx,
  ticketId: string,
  { said, orders }: { said: readonly Said[]; orders: readonly OrderView[] },
): Promise<string[]> {
  const lasts = said.flatMap((each) => (each.kind === 'code' ? [each.last] : []))
  if (lasts.length === 0) return []
  const rows = await tx.$queryRaw<{ last: string }[]>`
    select distinct g.last from desk.gift_card_issue g
    left join desk.ticket o on o.workspace_id = g.workspace_id and o.id = g.ticket_id
    join desk.ticket t on t.workspace_id = g.workspace_id and t.id = ${ticketId}::uuid
    where g.workspace_id = ${tx.workspaceId}::uuid and g.last = any(${lasts}::text[])
      and (g.ticket_id = t.id or o.customer_id = t.customer_id or g.order_id = any(${orders.map(({ id }) => id)}::uuid[]))`
  return rows.map(({ last }) => last)
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
  await notify(
    ctx,
    tx,
    await person(tx, staffId),
    noticeText(`said/${messageId}`, `${number}: your answer and what was done`, lines, { ticket: number }),
  )
}
