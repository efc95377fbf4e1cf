import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { openContactForm } from '../../shared/contacts.ts'
import { sendReply } from '../../shared/drafts.ts'
import { mergeTickets, undoRegrouping } from '../../shared/merging.ts'
import { getQueue, showQueue } from '../../shared/queues.ts'
import {
  createTicket,
  getTicket,
  listTimeline,
  lookUpTicket,
  noteTicket,
  type TicketCardView,
} from '../../shared/tickets.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { fieldOf, panelOf, textOf, widgetsOf } from '../support/panel-hands.ts'
import { until } from '../support/until.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
const given = (from = `c${++made}@home.example`): Promise<TicketCardView> =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<m${++made}@home.example>`,
      subject: 'Jar',
      from,
      sentAt: desk.clock.now().toISOString(),
      text: 'Secret words of the customer',
    },
  })

const noted = (ticketId: string, text: string, who: StaffName = 'nora') =>
  desk.as(who).call(noteTicket, { params: { ticketId }, body: { text } })

const waitingFor = async (who: StaffName) => {
  const { items, counts } = await desk.as(who).call(getQueue, { params: { view: 'mentions' }, query: {} })
  expect(counts.mentions).toBe(items.length)
  return items.map(({ id }) => id)
}

const said = ({ number, sections }: TicketCardView) => textOf({ title: number, subtitle: null, sections, say: null })

test('whoever a note names gets one mail, without what the note or the customer says, and finds the ticket in a view of their own', async () => {
  const ticket = await given()
  const answer = await noted(ticket.id, '@sam please look, the customer Ada is angry. @sam!')
  expect(answer.messages[0]).toMatchObject({ direction: 'note' })
  await desk.settle()
  await desk.settle()
  const [notice, ...more] = noticesTo(desk, 'sam')
  expect(more).toEqual([])
  expect(notice?.subject).toBe(`${ticket.number}: Nora mentions you`)
  for (const word of ['angry', 'Ada', 'Secret', 'home.example']) expect(notice?.text).not.toContain(word)
  expect(await waitingFor('sam')).toEqual([ticket.id])
  expect(await waitingFor('nora')).toEqual([])
  expect(notice?.text).toContain(`In Gmail ${ticket.number} stands in the panel beside this mail.`)
  const home = await desk.as('sam').call(showQueue, { params: { view: 'mentions' }, query: {} })
  expect(fieldOf(home, 'view')).toEqual(['mentions'])
  expect(JSON.stringify(widgetsOf(home))).toContain('Mentions of me (1)')
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: ticket.id }, query: {} })
  expect(items.find(({ type }) => type === 'ticket.mentioned')?.words).toBe('Sam mentioned in a note')
  const [, reference = ''] = /^References: *(\S+)/im.exec(notice?.raw ?? '') ?? []
  const beside = (references: string[]) =>
    desk.as('sam').call(lookUpTicket, { body: { messageId: '<notice@fern.example>', references } })
  expect((await beside(['<other@x.example>', reference])).ticket?.id).toBe(ticket.id)
  expect((await beside([reference.replace(/TKT-\d+/, 'TKT-000999')])).ticket).toBeNull()
})

test('it waits until they look at the ticket; others who look change nothing', async () => {
  const ticket = await given()
  await noted(ticket.id, '@vera')
  await desk.as('sam').call(getTicket, { params: { ticketId: ticket.id } })
  expect(await waitingFor('vera')).toEqual([ticket.id])
  expect(said(await desk.as('vera').call(getTicket, { params: { ticketId: ticket.id } }))).toContain(
    'Nora mentions you in a note below.',
  )
  await until('the mention to be seen', async () => (await waitingFor('vera')).length === 0)
  expect(said(await desk.as('vera').call(getTicket, { params: { ticketId: ticket.id } }))).not.toContain('mentions you')
  await noted(ticket.id, '@vera once more', 'sam')
  expect(await waitingFor('vera')).toEqual([ticket.id])
})

test('whoever answers has seen it, and two notes are one line of the view', async () => {
  const ticket = await given()
  await noted(ticket.id, '@ada')
  await noted(ticket.id, '@ada and again', 'sam')
  expect(await waitingFor('ada')).toEqual([ticket.id])
  await desk.as('ada').call(sendReply, { params: { ticketId: ticket.id }, body: { text: 'It is on its way.' } })
  await desk.settle()
  expect(await waitingFor('ada')).toEqual([])
})

test('unclear, unknown and former names are told on the card that comes back, and the note is kept with its words', async () => {
  const ticket = await given()
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    for (const [name, email] of [
      ['Kim Ash', 'ash@fern.example'],
      ['Kim Oak', 'oak@fern.example'],
      ['Max Elm', 'elm@fern.example'],
    ] as const)
      await tx.staff.create({
        data: {
          workspaceId: tx.workspaceId,
          id: crypto.randomUUID(),
          name,
          email,
          emailKey: email,
          role: 'agent',
          state: 'active',
          createdAt: tx.now,
        },
      })
  })
  await deactivateStaff(desk.ctx, desk.workspaceId, 'elm@fern.example', systemOf(desk.workspaceId))
  const before = await desk.events('ticket.mentioned')
  const answer = await noted(ticket.id, '@kim, @max, @bob and myself @nora: write to joe@x.example')
  expect(answer.messages[0]?.excerpt).toBe('@kim, @max, @bob and myself @nora: write to joe@x.example')
  for (const words of ['@kim could be Kim Ash', 'Max Elm has left the desk', 'Nobody here is called @bob'])
    expect(said(answer)).toContain(words)
  expect(said(answer)).not.toContain('joe')
  expect(await desk.events('ticket.mentioned')).toHaveLength(before.length)
  expect(said(await desk.as('nora').call(getTicket, { params: { ticketId: ticket.id } }))).not.toContain('Nobody here')
})

test('who leaves before the mail is written gets none, and nothing is lost', async () => {
  const ticket = await given()
  await noted(ticket.id, '@oak')
  await deactivateStaff(desk.ctx, desk.workspaceId, 'oak@fern.example', systemOf(desk.workspaceId))
  await desk.settle()
  expect(await desk.events('ticket.mentioned')).toContainEqual(expect.objectContaining({ ticketId: ticket.id }))
  const { messages } = await desk.as('sam').call(getTicket, { params: { ticketId: ticket.id } })
  expect(messages[0]).toMatchObject({ direction: 'note', excerpt: '@oak' })
})

test('what was said in a call names people as a note does, and who is not clear is told', async () => {
  const { id: ticketId } = await given()
  const form = await desk.as('nora').call(openContactForm, { params: { ticketId } })
  const done = await panelOf(desk, 'nora').press(form, 'Log it', { text: 'Wants a ring, @rhea or @nobody' })
  expect(textOf(done)).toContain('Nobody here is called @nobody.')
  expect(await waitingFor('rhea')).toEqual([ticketId])
})

test('a note that was typed on a ticket which was merged meanwhile is on the one that goes on', async () => {
  const [one, other] = [await given('meanwhile@home.example'), await given('meanwhile@home.example')]
  await merge(one.id, other.id)
  const card = await noted(other.id, 'Typed in time')
  expect(card).toMatchObject({ id: one.id, messages: [{ excerpt: 'Typed in time' }, {}, {}] })
})

test('a mention goes with its note when tickets are merged, and back with the undo', async () => {
  const [one, other] = [await given('twin@home.example'), await given('twin@home.example')]
  await noted(other.id, '@frank')
  const { regroupingIds } = await merge(one.id, other.id)
  expect(await waitingFor('frank')).toEqual([one.id])
  for (const regroupingId of regroupingIds)
    await desk.as('nora').call(undoRegrouping, { params: { ticketId: one.id, regroupingId } })
  expect(await waitingFor('frank')).toEqual([other.id])
})

async function merge(into: string, from: string): Promise<{ regroupingIds: string[] }> {
  await desk.as('nora').call(mergeTickets, { params: { ticketId: into }, body: { ticketIds: [from] } })
  const rows = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.ticketRegrouping.findMany({ where: { toId: into }, select: { id: true } }),
    { reads: true },
  )
  return { regroupingIds: rows.map(({ id }) => id) }
}
