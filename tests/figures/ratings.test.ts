import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { figureOf } from '../../backend/features/analytics/index.ts'
import { ticketRated } from '../../backend/features/csat/index.ts'
import type { CustomerActor } from '../../backend/platform/actor.ts'
import { record } from '../../backend/platform/events.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { FigureQuestion, readReport } from '../../shared/analytics.ts'
import { eraseCustomer } from '../../shared/retention.ts'
import { createTicket, moveTicket, type TicketCardView, voidTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'

let desk: Desk
let lake: LakeOfDesk
const tickets: TicketCardView[] = []
let day = ''
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
  day = desk.clock.now().toISOString().slice(0, 10)
  for (let n = 0; n < 3; n++) tickets.push(await solved(n))
  await lake.pull()
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

async function solved(n: number): Promise<TicketCardView> {
  const mail = { messageId: `<${n}@ada.example>`, subject: 'Jar', from: 'ada@ada.example', text: 'Broken.' }
  const sentAt = desk.clock.now().toISOString()
  const { id, version } = await desk.as('nora').call(createTicket, { body: { ...mail, sentAt } })
  return desk.as('nora').call(moveTicket, { params: { ticketId: id }, body: { status: 'solved', version } })
}

/** A customer rates, as whoever asks them will record it. */
const rates = (ticket: TicketCardView | undefined, score: number, historical = false) =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const by: CustomerActor = {
      kind: 'customer',
      id: ticket?.customer.id ?? '',
      workspaceId: tx.workspaceId,
      name: 'Ada',
    }
    await record(tx, [ticketRated({ ticketId: ticket?.id ?? '', score, staffId: desk.staff.nora.id, by, historical })])
  })

const ratingOf = async (...by: string[]) => {
  const question = FigureQuestion.parse({ metric: 'csat', zone: 'UTC', from: day, to: day, by })
  const { rows, totals, note } = await figureOf(desk.ctx, desk.workspaceId, question)
  return { labels: rows.map(({ labels }) => labels[0]), value: totals[0]?.value ?? null, note }
}
/** What each table of a report says of itself that has to do with ratings. */
const notesOf = async (report: string) => {
  const query = { from: day, to: day, zone: 'UTC' }
  const { tables } = await desk.as('vera').call(readReport, { params: { report }, query: query as never })
  return tables.filter(({ title }) => /rat(ing|ed)/i.test(title)).map(({ title, note }) => [title, note])
}
const NO_DATA = 'No data yet: Sidedesk does not ask customers for ratings, so there is nothing to count.'

test('figures of ratings say that nobody was asked, and tell ratings from the first one on that is recorded', async () => {
  expect(await ratingOf()).toEqual({ labels: [], value: null, note: NO_DATA })
  const quality = ['Customer rating', 'Customer rating by agent', 'Rated by customers']
  expect(await notesOf('quality')).toEqual(quality.map((title) => [title, NO_DATA]))
  expect(await notesOf('overview')).toEqual([['Customer rating', NO_DATA]])
  expect((await lakeRows(lake, desk.workspaceId)).rating).toEqual([])
  await rates(tickets[0], 5)
  await rates(tickets[0], 2)
  await rates(tickets[1], 5)
  await rates(tickets[2], 1, true) // from before the go-live
  await lake.pull()
  expect(await ratingOf('agent')).toEqual({ labels: ['Nora'], value: 4, note: null })
  const nothingFits = 'There is nothing in this period that fits.' // all was solved before anybody was asked
  expect(await notesOf('quality')).toEqual([
    ...quality.slice(0, 2).map((title) => [title, null]),
    [quality[2], nothingFits],
  ])
  expect(await notesOf('overview')).toEqual([['Customer rating', null]])
})

test('a rating of what turned out to be no ticket counts no more', async () => {
  const spam = tickets[1]
  await desk
    .as('nora')
    .call(voidTicket, { params: { ticketId: spam?.id ?? '' }, body: { reason: 'spam', version: spam?.version ?? 0 } })
  await lake.pull()
  expect(await ratingOf()).toMatchObject({ value: 3.5 })
  expect((await lakeRows(lake, desk.workspaceId)).rating).toHaveLength(3)
})

test('ratings of a customer who is erased are no longer in the lake', async () => {
  const params = { customerId: tickets[0]?.customer.id ?? '' }
  await desk
    .as('ada')
    .call(eraseCustomer, { params, body: { reason: 'customer_asked', confirmation: 'ada@ada.example' } })
  await lake.pull()
  expect((await lakeRows(lake, desk.workspaceId)).rating).toEqual([])
  expect(await ratingOf()).toEqual({ labels: [], value: null, note: NO_DATA })
})
