import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { createField } from '../../shared/fields.ts'
import { listTasks } from '../../shared/tasks.ts'
import { type PanelDesk, startPanelDesk } from './support/panel-desk.ts'

/** Customer, fields and tasks in the panel: bundle, runtime, backend and database are real, and so are their cards. */
let desk: PanelDesk
beforeAll(async () => {
  desk = await startPanelDesk()
})
afterEach(() => desk.expectSound())
afterAll(() => desk.stop())

const field = (about: 'ticket' | 'customer', label: string, kind: 'text' | 'choice' | 'date', choices: string[] = []) =>
  desk.as('ada').call(createField, {
    body: { about, label, kind, choices: choices.map((each) => ({ label: each })), required: true },
  })

test('fields of a ticket are filled in by presses, a wrong one is told in the form, and solving goes then', async () => {
  const size = await field('ticket', 'Jar size', 'choice', ['Small', 'Large'])
  const bought = await field('ticket', 'Bought on', 'date')
  await desk.mailOf('gina@customer.example', 'Which jar?')
  const nora = await desk.openMail('nora', 'Which jar?')
  expect(nora.text()).toContain('Needed before solving')
  await nora.choose('status', 'solved', { note: 'She will call' })
  expect(nora.text()).toContain('Fill in «Jar size», «Bought on» first')
  expect(nora.values()).toMatchObject({ note: 'She will call' })
  await nora.press('Fields')
  await nora.press('Save', { [`field.${bought.id}`]: { day: '2026-11-02' } })
  expect(nora.notification()).toBe('Saved')
  await nora.press('Save', { [`field.${size.id}`]: size.choices[1]?.id ?? '' })
  expect(nora.text()).toContain('2026-11-02')
  await nora.press('Back to the ticket')
  expect(nora.text()).toContain('"topLabel":"Jar size","text":"Large"')
  await nora.choose('status', 'solved')
  expect(nora.values()).toMatchObject({ status: 'solved' })
})

test('the customer is a press away; the name is mended there, and the ways lead back to the ticket', async () => {
  await desk.mailOf('hugo@customer.example', 'Whose is this?')
  const nora = await desk.openMail('nora', 'Whose is this?')
  await nora.press('Ada Lovell · hugo@customer.example')
  expect(nora.card().header?.title).toBe('Ada Lovell')
  await nora.press('Edit')
  await nora.press('Save', { name: ' ' })
  expect(nora.text()).toContain('A customer needs a name')
  await nora.press('Save', { name: 'Hugo Lovell' })
  expect(nora.card().header?.title).toBe('Hugo Lovell')
  await nora.press('History')
  expect(nora.text()).toContain('Whose is this?')
  await nora.press('Back to the ticket')
  expect(nora.depth()).toBe(1)
  expect(nora.text()).toContain('Hugo Lovell')
})

test('a task is made on the ticket, stands among my tasks on the homepage, and is done there', async () => {
  await desk.mailOf('iris@customer.example', 'Call me')
  const nora = await desk.openMail('nora', 'Call me')
  await nora.press('Tasks', { reply: 'Dear Iris,' })
  await nora.press('Add task', { 'task.words': '' })
  expect(nora.text()).toContain('Write what is to be done')
  await nora.press('Add task', { 'task.words': 'Call Iris' })
  expect(nora.notification()).toBe('Task added')
  await nora.press('Back to the ticket')
  expect(nora.text()).toContain('Call Iris')
  expect(nora.values()).toMatchObject({ reply: 'Dear Iris,' })
  const home = await desk.openHomepage('nora')
  await home.press('My tasks (1 due)')
  expect(home.text()).toContain('Call Iris')
  await home.press('Done')
  expect(home.text()).toContain('Nothing is to be done.')
  expect((await desk.as('nora').call(listTasks)).items).toEqual([])
})
