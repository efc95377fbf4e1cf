import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { type PanelDesk, startPanelDesk } from './support/panel-desk.ts'

/** Everything is real here but Google: bundle, runtime, panel, backend and database. */
let desk: PanelDesk
beforeAll(async () => {
  desk = await startPanelDesk()
})
afterEach(() => desk.expectSound())
afterAll(() => desk.stop())

test('a mail is a ticket beside the mail of every agent; who takes it first has it, and the other sees that', async () => {
  await desk.mailOf('ada@customer.example', 'Broken jar')
  const nora = await desk.openMail('nora', 'Broken jar')
  const sam = await desk.openMail('sam', 'Broken jar')
  expect(nora.card().header).toMatchObject({
    title: expect.stringMatching(/^TKT-\d{6} · New$/),
    subtitle: 'Broken jar',
  })
  expect(sam.card().header?.title).toBe(nora.card().header?.title)
  await nora.press('Take')
  expect(nora.text()).toContain('Nora (you)')
  await sam.press('Take')
  expect(sam.text()).toContain('Someone changed this ticket meanwhile')
  expect(sam.text()).toContain('"Nora"')
})

test('a note, tags, a status and a priority change the ticket and stand in its timeline', async () => {
  await desk.mailOf('ben@customer.example', 'Missing lid')
  const nora = await desk.openMail('nora', 'Missing lid')
  await nora.press('Add note', { note: 'Asked the <warehouse>' })
  await nora.press('Save tags', { tags: 'glass, vip' })
  await nora.choose('priority', 'high')
  await nora.choose('status', 'on_hold')
  expect(nora.card().header?.title).toMatch(/On hold$/)
  expect(nora.text()).toContain('Asked the &lt;warehouse&gt;')
  expect(nora.values()).toMatchObject({ tags: 'glass, vip', status: 'on_hold', priority: 'high', note: '' })
  await nora.press('Timeline')
  for (const line of ['Internal note added', 'Tags: 2 added, 0 removed', 'Priority Urgent to High', 'to On hold'])
    expect(nora.text()).toContain(line)
})

test('pressing twice from one view is one note', async () => {
  await desk.mailOf('cora@customer.example', 'Two clicks')
  const first = await desk.openMail('nora', 'Two clicks')
  const button = first.action('Add note')
  const form = { note: { stringInputs: { value: ['Only once'] } } }
  await first.panel.click({ ...button, formInputs: form })
  await first.panel.click({ ...button, formInputs: form })
  expect(first.text().split('Only once')).toHaveLength(2)
})

test('an answer sent from the card reaches the customer, and the ticket shows who responded', async () => {
  await desk.mailOf('dora@customer.example', 'Where is it?')
  const nora = await desk.openMail('nora', 'Where is it?')
  await nora.press('Send', { reply: 'It is on its way.' })
  expect(nora.text()).toContain('The answer of Nora is on its way.')
  await desk.settle()
  expect(desk.google.customers.inbox('dora@customer.example')).toHaveLength(1)
  await nora.press('Refresh')
  expect(nora.text()).not.toContain('The answer of Nora')
  expect(nora.card().header?.title).toMatch(/Pending$/)
  expect(nora.text()).toMatch(/First response","text":"[^"]*Nora/)
})

test('a draft opened from the card carries the tokens of the ticket', async () => {
  await desk.mailOf('emil@customer.example', 'Wrong colour')
  const nora = await desk.openMail('nora', 'Wrong colour')
  const { draft } = await nora.press('Reply in Gmail')
  expect(draft).toBeDefined()
  const mail = desk.google.users.mails(desk.staff.nora.email).at(-1)
  if (!mail) throw new Error('There is no draft')
  const raw = desk.google.users.rawOf(mail).toString('utf8')
  expect(raw).toMatch(/^Reply-To: support\+\S+@fern\.example$/im)
  expect(raw).toMatch(/^Bcc: archive\+\S+@fern\.example$/im)
})

test('the queue counts and lists the open work, in Gmail and in Sheets, where an agent has no reports', async () => {
  const nora = await desk.openHomepage('nora')
  expect(nora.card().header).toEqual({ title: 'Fern & Fig', subtitle: 'Nora' })
  const sheets = await desk.openHomepage('nora', { hostApp: 'SHEETS' })
  expect(sheets.text()).toContain('Figures of everybody are for supervisors')
  await sheets.press('Queue')
  expect(sheets.card().header).toEqual(nora.card().header)
  expect(sheets.labels()).toEqual(nora.labels())
  await nora.choose('view', 'open')
  expect(nora.text()).toContain('Missing lid')
})

test('who may only look gets a card without anything to press, and who is no staff gets one that says whom to ask', async () => {
  const rhea = await desk.openHomepage('rhea')
  await rhea.choose('view', 'open')
  await rhea.press('Missing lid')
  expect(rhea.isDisabled('Take')).toBe(true)
  const stranger = desk.panelOf('archive@fern.example')
  await stranger.panel.openHomepage()
  expect(stranger.card().header?.title).toBe('No access')
  expect(stranger.text()).toContain('Ask an admin')
})
