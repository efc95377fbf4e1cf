import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { createField } from '../../shared/fields.ts'
import { listTasks } from '../../shared/tasks.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import type { DrivenPanel } from './support/driven-panel.ts'
import { problemsByLimits } from './support/limits.ts'
import { openRuntime } from './support/runtime.ts'
import { problemsBySchema } from './support/schema.ts'

/** Customer, fields and tasks in the panel: bundle, runtime, backend and database are real, and so are their cards. */
let desk: Desk
let runtime: Awaited<ReturnType<typeof openRuntime>>
const shownCards: DrivenPanel[] = []

beforeAll(async () => {
  desk = await startDesk()
  runtime = await openRuntime({
    origin: 'https://desk.example',
    target: desk.url,
    google: desk.google,
    clock: desk.clock,
    identityToken: ({ email, sub, hd }) => desk.tokenOf(email, sub, hd),
  })
})
afterAll(async () => {
  await runtime.close()
  await desk.stop()
})
afterEach(() => {
  for (const { seen } of shownCards.splice(0)) {
    expect(seen.flatMap(problemsByLimits)).toEqual([])
    expect(problemsBySchema(seen)).toEqual([])
  }
  expect(runtime.failures).toEqual([])
})

async function mailOf(customer: string, subject: string) {
  const mail = { from: customer, name: 'Ada Lovell', to: SUPPORT, subject, text: 'It arrived broken.' }
  await desk.google.customers.write(mail)
  await desk.settle()
}

/** The mail of a customer, as Nora has it. */
async function openMail(subject: string): Promise<DrivenPanel> {
  const mail = desk.google.users.mails(desk.staff.nora.email).find(({ head }) => head.subject === subject)
  if (!mail) throw new Error(`Nora has no mail ${subject}`)
  const shown = runtime.panelOf(desk.staff.nora.email)
  await shown.panel.openMessage({ messageId: mail.id, threadId: mail.threadId })
  shownCards.push(shown)
  return shown
}

const field = (about: 'ticket' | 'customer', label: string, kind: 'text' | 'choice' | 'date', choices: string[] = []) =>
  desk.as('ada').call(createField, {
    body: { about, label, kind, choices: choices.map((each) => ({ label: each })), required: true },
  })

test('fields of a ticket are filled in by presses, a wrong one is told in the form, and solving goes then', async () => {
  const size = await field('ticket', 'Jar size', 'choice', ['Small', 'Large'])
  const bought = await field('ticket', 'Bought on', 'date')
  await mailOf('gina@customer.example', 'Which jar?')
  const nora = await openMail('Which jar?')
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
  await mailOf('hugo@customer.example', 'Whose is this?')
  const nora = await openMail('Whose is this?')
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
  await mailOf('iris@customer.example', 'Call me')
  const nora = await openMail('Call me')
  await nora.press('Tasks', { reply: 'Dear Iris,' })
  await nora.press('Add task', { 'task.words': '' })
  expect(nora.text()).toContain('Write what is to be done')
  await nora.press('Add task', { 'task.words': 'Call Iris' })
  expect(nora.notification()).toBe('Task added')
  await nora.press('Back to the ticket')
  expect(nora.text()).toContain('Call Iris')
  expect(nora.values()).toMatchObject({ reply: 'Dear Iris,' })
  const home = runtime.panelOf(desk.staff.nora.email)
  shownCards.push(home)
  await home.panel.openHomepage()
  await home.press('My tasks (1 due)')
  expect(home.text()).toContain('Call Iris')
  await home.press('Done')
  expect(home.text()).toContain('Nothing is to be done.')
  expect((await desk.as('nora').call(listTasks)).items).toEqual([])
})
