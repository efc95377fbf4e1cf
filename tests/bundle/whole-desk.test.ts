import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { openRuntime } from './support/runtime.ts'

/** Everything is real here but Google: bundle, runtime, panel, backend and database. */
let desk: Desk
let runtime: Awaited<ReturnType<typeof openRuntime>>
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

async function mailOf(customer: string, subject: string) {
  await desk.google.customers.write({
    from: customer,
    name: 'Ada Lovell',
    to: SUPPORT,
    subject,
    text: 'It arrived broken.',
  })
  await desk.settle()
}

async function openNewestMail(name: 'nora' | 'sam' | 'rhea') {
  const mail = desk.google.users.mails(desk.staff[name].email).at(-1)
  if (!mail) throw new Error(`${name} has no mail`)
  const shown = runtime.panelOf(desk.staff[name].email)
  await shown.panel.openMessage({ messageId: mail.id, threadId: mail.threadId })
  return shown
}

test('a mail is a ticket beside the mail of every agent; who takes it first has it, and the other sees that', async () => {
  await mailOf('ada@customer.example', 'Broken jar')
  const nora = await openNewestMail('nora')
  const sam = await openNewestMail('sam')
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
  await mailOf('ben@customer.example', 'Missing lid')
  const nora = await openNewestMail('nora')
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
  await mailOf('cora@customer.example', 'Two clicks')
  const first = await openNewestMail('nora')
  const button = first.action('Add note')
  const form = { note: { stringInputs: { value: ['Only once'] } } }
  await first.panel.click({ ...button, formInputs: form })
  await first.panel.click({ ...button, formInputs: form })
  expect(first.text().split('Only once')).toHaveLength(2)
})

test('an answer sent from the card reaches the customer, and the ticket shows who responded', async () => {
  await mailOf('dora@customer.example', 'Where is it?')
  const nora = await openNewestMail('nora')
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
  await mailOf('emil@customer.example', 'Wrong colour')
  const nora = await openNewestMail('nora')
  const { draft } = await nora.press('Reply in Gmail')
  expect(draft).toBeDefined()
  const mail = desk.google.users.mails(desk.staff.nora.email).at(-1)
  if (!mail) throw new Error('There is no draft')
  const raw = desk.google.users.rawOf(mail).toString('utf8')
  expect(raw).toMatch(/^Reply-To: support\+\S+@fern\.example$/im)
  expect(raw).toMatch(/^Bcc: archive\+\S+@fern\.example$/im)
})

test('the queue counts and lists the open work, in Gmail and in Sheets', async () => {
  const nora = runtime.panelOf(desk.staff.nora.email)
  await nora.panel.openHomepage()
  expect(nora.card().header).toEqual({ title: 'Fern & Fig', subtitle: 'Nora' })
  const sheets = runtime.panelOf(desk.staff.nora.email, { hostApp: 'SHEETS' })
  await sheets.panel.openHomepage()
  expect(sheets.card().header).toEqual(nora.card().header)
  expect(sheets.labels()).toEqual(nora.labels())
  await nora.choose('view', 'open')
  expect(nora.text()).toContain('Missing lid')
})

test('who may only look gets a card without anything to press, and who is no staff gets one that says whom to ask', async () => {
  const rhea = runtime.panelOf(desk.staff.rhea.email)
  await rhea.panel.openHomepage()
  await rhea.choose('view', 'open')
  await rhea.press('Missing lid')
  expect(rhea.isDisabled('Take')).toBe(true)
  const stranger = runtime.panelOf('archive@fern.example')
  await stranger.panel.openHomepage()
  expect(stranger.card().header?.title).toBe('No access')
  expect(stranger.text()).toContain('Ask an admin')
})

test('Google never had to show a failure of ours', () => {
  expect(runtime.failures).toEqual([])
})
