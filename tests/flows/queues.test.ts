import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { PanelCard } from '../../shared/panel.ts'
import { chooseQueue, getQueue, type QueueName, showQueue } from '../../shared/queues.ts'
import {
  assignTicket,
  categoriseTicket,
  createTicket,
  listTickets,
  moveTicket,
  noteTicket,
  prioritiseTicket,
  type TicketCardView,
  tagTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { buttonOf, buttonsOf, callOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
/** A ticket that Nora made of a mail in front of her. */
const given = (subject: string) =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<queue-${++made}@ada.example>`,
      subject,
      from: 'Ada Lovell <ada@ada.example>',
      sentAt: desk.clock.now().toISOString(),
      text: 'The jar arrived broken.',
    },
  })

const take = (who: 'nora' | 'sam', { id, version }: TicketCardView) =>
  desk.as(who).call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff[who].id, version } })

const queue = (view: QueueName, of?: string, who: StaffName = 'nora') =>
  desk.as(who).call(getQueue, { params: { view }, query: { limit: 50, ...(of && { of }) } })

const subjects = async (view: QueueName, of?: string, who?: StaffName) =>
  (await queue(view, of, who)).items.map(({ subject }) => subject)

const card = (view: QueueName, query: { of?: string; cursor?: string } = {}, who: StaffName = 'nora') =>
  desk.as(who).call(showQueue, { params: { view }, query })

test('each view holds its tickets, and every view tells the counts of all of them', async () => {
  const [mine, sams, nobodys] = [await given('Mine'), await given('Of Sam'), await given('Of nobody')]
  await take('nora', mine)
  await take('sam', sams)
  expect(await subjects('mine')).toEqual(['Mine'])
  expect(await subjects('mine', undefined, 'sam')).toEqual(['Of Sam'])
  expect(await subjects('unassigned')).toContain(nobodys.subject)
  const { counts } = await queue('open')
  expect(counts).toMatchObject({ mine: 1, unassigned: 1, open: 3, unanswered: 3, snoozed: 0, statuses: { new: 3 } })
})
