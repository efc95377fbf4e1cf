import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { showQueue } from '../../shared/queues.ts'
import {
  changeTask,
  finishTask,
  listTasks,
  listTicketTasks,
  makeTicketTask,
  reopenTask,
  showTasks,
  showTicketTasks,
} from '../../shared/tasks.ts'
import { getTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { buttonsOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'
import { recordHands } from '../support/record-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const { nora, called, day, onCard } = recordHands(() => desk)

const task = (ticketId: string, more: { dueOn?: string; assigneeId?: string | null; words?: string } = {}) =>
  nora().call(makeTicketTask, {
    params: { ticketId },
    body: { words: 'Ask the carrier', dueOn: day(1), assigneeId: desk.staff.nora.id, ...more },
  })

/** Mails about tasks in somebody's inbox. */
const toldOf = (name: StaffName) =>
  desk.google.users.mails(desk.staff[name].email).filter(({ head }) => head.subject.endsWith('a task is due'))

test('a task is made on the ticket by presses, shows on its card, and is done; what is wrong keeps what was typed', async () => {
  const ticket = await called()
  const params = { ticketId: ticket.id }
  expect(onCard(ticket)).toContain('[Tasks]')
  const panel = panelOf(desk, 'nora')
  const form = await nora().call(showTicketTasks, { params })
  expect(fieldOf(form, 'task.assigneeId')).toEqual([desk.staff.nora.id])
  const empty = await panel.press(form, 'Add task', { 'task.words': '  ', 'task.dueOn': day(3) })
  expect(textOf(empty)).toContain('Write what is to be done')
  expect(fieldOf(empty, 'task.dueOn')).toBe(day(3))
  const past = await panel.press(empty, 'Add task', { 'task.words': 'Call Ada', 'task.dueOn': day(-1) })
  expect(textOf(past)).toContain('This day has passed.')
  expect(fieldOf(past, 'task.words')).toBe('Call Ada')
  const made = await panel.press(past, 'Add task', { 'task.words': 'Call Ada', 'task.dueOn': day(1) })
  expect(textOf(made)).toContain('Tomorrow · Nora: Call Ada')
  expect(onCard(await nora().call(getTicket, { params }))).toContain('Task · Tomorrow: Call Ada: Nora')
  const done = await panel.press(made, 'Done')
  expect(done.say).toBe('Done')
  expect(textOf(done)).toContain('Done\nNora: Call Ada')
  expect(onCard(await nora().call(getTicket, { params }))).not.toContain('Call Ada')
  expect(textOf(await panel.press(done, 'Not done'))).toContain('Tomorrow · Nora: Call Ada')
})

test('whoever has a task is told in the morning of its day, once; who did it before is not', async () => {
  const ticket = await called()
  const kept = await task(ticket.id, { words: 'Look for the parcel', assigneeId: desk.staff.sam.id })
  const early = await task(ticket.id, { words: 'Done early', assigneeId: desk.staff.sam.id })
  await nora().call(finishTask, { params: { taskId: early.id } })
  await nora().call(finishTask, { params: { taskId: early.id } })
  expect(
    (await desk.events('task.done')).filter(({ payload }) => JSON.stringify(payload).includes(early.id)),
  ).toHaveLength(1)
  await desk.settle()
  expect(toldOf('sam')).toEqual([])
  await desk.travel('1 day')
  await desk.settle()
  expect(toldOf('sam').map(({ head }) => head.subject)).toEqual([`${ticket.number}: a task is due`])
  await nora().call(reopenTask, { params: { taskId: early.id } })
  await desk.settle()
  expect(toldOf('sam')).toHaveLength(2)
  await desk.travel('1 day')
  await desk.settle()
  expect(toldOf('sam')).toHaveLength(2)
  const { items } = await desk.as('sam').call(listTasks)
  expect(items.find(({ id }) => id === kept.id)).toMatchObject({ overdue: true, words: 'Look for the parcel' })
  const home = await desk.as('sam').call(showQueue, { params: { view: 'mine' } })
  const mine = await panelOf(desk, 'sam').press(home, 'My tasks (2 due)')
  expect(textOf(mine)).toContain(`${ticket.number}: Look for the parcel`)
  await desk.as('sam').call(finishTask, { params: { taskId: kept.id } })
})

test('a task that is put off or given to somebody else is told then, to them', async () => {
  const ticket = await called()
  const { id: taskId, version } = await task(ticket.id, { words: 'Send the photos' })
  const body = { words: 'Send the photos', dueOn: day(2), assigneeId: desk.staff.vera.id, version }
  await nora().call(changeTask, { params: { taskId }, body })
  expect(await refusalOf(nora().call(changeTask, { params: { taskId }, body }))).toMatchObject({
    code: 'stale_version',
  })
  await desk.travel('1 day')
  await desk.settle()
  expect([...toldOf('nora'), ...toldOf('vera')].filter(({ head }) => head.subject.startsWith(ticket.number))).toEqual(
    [],
  )
  await desk.travel('1 day')
  await desk.settle()
  expect(toldOf('vera')).toHaveLength(1)
  expect(toldOf('nora').filter(({ head }) => head.subject.startsWith(ticket.number))).toEqual([])
})

test('open tasks of one person are read page by page to the last, the nearest day first', async () => {
  const ticket = await called()
  const made = []
  for (let n = 0; n < 23; n++) made.push(await task(ticket.id, { words: `Step ${n}`, dueOn: day(30 + (n % 7)) }))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await nora().call(listTasks, { query: { limit: 5, ...(cursor && { cursor }) } })
    seen.push(...page.items.map(({ id, dueOn }) => `${dueOn} ${id}`))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(seen).toEqual([...seen].sort())
  expect(seen.map((line) => line.slice(11))).toEqual(expect.arrayContaining(made.map(({ id }) => id)))
  expect(new Set(seen).size).toBe(seen.length)
  const first = await nora().call(showTasks, {})
  const more = buttonsOf(first).find(({ label }) => label === 'More')
  expect(more).toBeDefined()
  await Promise.all(made.map(({ id }) => nora().call(finishTask, { params: { taskId: id } })))
  const { items } = await nora().call(listTicketTasks, { params: { ticketId: ticket.id }, query: { state: 'done' } })
  expect(items).toHaveLength(23)
})

test('tasks of whoever leaves are nobody’s, and everybody finds them there', async () => {
  const ticket = await called()
  const left = await task(ticket.id, { words: 'Left behind', assigneeId: desk.staff.vera.id })
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.vera.email, systemOf(desk.workspaceId))
  const { items } = await desk.as('sam').call(listTasks, { query: { whose: 'nobody' } })
  expect(items.map(({ id, assignee }) => ({ id, assignee }))).toContainEqual({ id: left.id, assignee: null })
  const again = await refusalOf(task(ticket.id, { assigneeId: desk.staff.vera.id }))
  expect(again.message).toBe('Vera does not work on tickets. Choose somebody else, or nobody.')
  await desk.travel('2 days')
  await desk.settle()
  expect(toldOf('vera').map(({ head }) => head.subject)).not.toContain(`${ticket.number}: a task is due`)
})
