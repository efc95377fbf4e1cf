import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { tickGmailQueue } from '../../backend/features/intake/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { snoozeTicket, wakeTicket } from '../../shared/queues.ts'
import { assignTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { gmailQueueHands } from '../support/gmail-queue-desk.ts'

let desk: Desk
const { begin, addressOf, gmailOf, settle, wrote, ticketOf, labelsAt, moved, give, move, calls } = gmailQueueHands(
  () => desk,
)
beforeAll(async () => {
  desk = await startDesk()
  await begin()
})
afterAll(() => desk.stop())

test('new work is unassigned in every inbox and in the archive, under its number', async () => {
  const ticket = await wrote()
  for (const name of ['nora', 'sam', 'archive'])
    expect(await labelsAt(name, ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'Desk/Unassigned', 'INBOX'].sort())
})

test('what is given to somebody is theirs in their inbox, and only its number in others', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  expect(await labelsAt('nora', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
  expect(await labelsAt('archive', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
})

test('solved work leaves the inbox and loses its labels, and comes back when it is reopened', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  await move(ticket, 'solved')
  for (const name of ['nora', 'sam', 'archive']) expect(await labelsAt(name, ticket.messageId)).toEqual([])
  const names = (await gmailOf('nora').labels()).map(({ name }) => name)
  expect(names).not.toContain(`Desk/${ticket.number}`)
  await settle()
  await move(ticket, 'open')
  expect(await labelsAt('nora', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
})

test('snoozed work is in no queue until it is back', async () => {
  const ticket = await wrote()
  await give(ticket, 'sam')
  await desk.as('sam').call(snoozeTicket, { params: { ticketId: ticket.id }, body: { until: 'answer' } })
  await desk.settle()
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
  await desk.as('sam').call(wakeTicket, { params: { ticketId: ticket.id } })
  await desk.settle()
  expect(await labelsAt('sam', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
})

test('what becomes due next says so, without anybody touching it', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  const before = await labelsAt('nora', ticket.messageId)
  for (
    let hours = 0;
    hours < 72 && !(await labelsAt('nora', ticket.messageId)).includes('Desk/Breaching');
    hours += 12
  ) {
    await desk.travel('12 hours')
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tickGmailQueue, {}))
    await desk.settle()
  }
  expect(before).not.toContain('Desk/Breaching')
  expect(await labelsAt('nora', ticket.messageId)).toContain('Desk/Breaching')
  expect(await labelsAt('sam', ticket.messageId)).not.toContain('Desk/Breaching')
})

test('many changes in a row are one write, and what stands already is written no more', async () => {
  const ticket = await wrote()
  const { id } = ticket
  const before = calls('nora')
  for (const to of ['nora', 'sam', 'nora'] as const) {
    const { version } = await ticketOf(ticket.messageId)
    await desk
      .as('vera')
      .call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff[to].id, version } })
  }
  await desk.settle()
  expect(calls('nora') - before).toBe(1)
  await settle()
  await settle()
  expect(calls('nora') - before).toBe(1)
})

test("labels of somebody's own are never touched", async () => {
  const gmail = gmailOf('sam')
  const own = await gmail.createLabel('Urgent for me')
  const ticket = await wrote()
  await moved('sam', ticket.messageId, { add: [own.id, 'STARRED'] })
  await give(ticket, 'sam')
  await move(ticket, 'solved')
  const [found] = await gmail.findByMessageId(ticket.messageId)
  const mail = await gmail.header(found?.id ?? '')
  expect(mail?.labelIds).toEqual(expect.arrayContaining([own.id, 'STARRED']))
})

test('a label of ours that was deleted in Gmail is made anew when it is needed', async () => {
  const gmail = gmailOf('sam')
  const mine = (await gmail.labels()).find(({ name }) => name === 'Desk/Mine')
  await gmail.deleteLabel(mine?.id ?? '')
  const ticket = await wrote()
  await give(ticket, 'sam')
  await desk.travel('2 min')
  await desk.settle()
  expect(await labelsAt('sam', ticket.messageId)).toContain('Desk/Mine')
})

test('putting Mine on takes the ticket, and is told in the record', async () => {
  const ticket = await wrote()
  await moved('sam', ticket.messageId, { add: ['Desk/Mine'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee?.id).toBe(desk.staff.sam.id)
  expect(await labelsAt('sam', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('nora', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
  const last = (await desk.events('gmail_label.moved')).at(-1)
  expect(last).toMatchObject({ actorId: desk.staff.sam.id, payload: { meaning: 'take', outcome: 'done' } })
})

test('taking Unassigned off takes the ticket, and putting it back gives the ticket back', async () => {
  const ticket = await wrote()
  await moved('nora', ticket.messageId, { remove: ['Desk/Unassigned'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee?.id).toBe(desk.staff.nora.id)
  await moved('nora', ticket.messageId, { add: ['Desk/Unassigned'], remove: ['Desk/Mine'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee).toBeNull()
  expect(await labelsAt('sam', ticket.messageId)).toContain('Desk/Unassigned')
})

test('a label that somebody moved while the change feed had a hole is followed when the mailbox is compared', async () => {
  const [taken, left] = [await wrote(), await wrote()]
  await moved('sam', taken.messageId, { add: ['Desk/Mine'] })
  desk.google.users.forgetHistory(addressOf('sam'))
  await settle()
  await settle()
  expect((await ticketOf(taken.messageId)).assignee?.id).toBe(desk.staff.sam.id)
  expect(await labelsAt('sam', taken.messageId)).toEqual(['Desk/Mine', `Desk/${taken.number}`, 'INBOX'].sort())
  expect((await ticketOf(left.messageId)).assignee).toBeNull()
  expect(await labelsAt('sam', left.messageId)).toContain('Desk/Unassigned')
})

test("two who move the label at once: one has the ticket, the other one's label goes", async () => {
  const ticket = await wrote()
  await moved('nora', ticket.messageId, { add: ['Desk/Mine'] })
  await moved('sam', ticket.messageId, { add: ['Desk/Mine'], remove: ['Desk/Unassigned'] })
  for (let n = 0; n < 3; n++) await settle()
  const owner = (await ticketOf(ticket.messageId)).assignee?.id
  const names = (['nora', 'sam'] as const).filter((name) => desk.staff[name].id === owner)
  expect(names).toHaveLength(1)
  for (const name of ['nora', 'sam'] as const) {
    const labels = await labelsAt(name, ticket.messageId)
    expect(labels.includes('Desk/Mine')).toBe(names.includes(name))
    expect(labels).not.toContain('Desk/Unassigned')
  }
})

test('a label that means nothing, and one in the archive, come back as they were', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  await settle()
  await moved('nora', ticket.messageId, { add: ['Desk/Breaching'], remove: ['Desk/Mine'] })
  await moved('archive', ticket.messageId, { add: ['Desk/Unassigned'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee?.id).toBe(desk.staff.nora.id)
  expect(await labelsAt('nora', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('archive', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
})
