import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { SUPPORT } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'
import { type PanelDesk, startPanelDesk } from './support/panel-desk.ts'

let desk: PanelDesk
beforeAll(async () => {
  desk = await startPanelDesk()
})
afterEach(() => desk.expectSound())
afterAll(() => desk.stop())

async function spamOf(from: string, subject: string) {
  await desk.google.customers.write({ from, to: SUPPORT, subject, text: 'Where is my jar?', spam: true })
  await desk.settle()
}

test('an agent who opens a mail in spam makes it a ticket there, and looks again to see it', async () => {
  await spamOf('eda@customer.example', 'Taken for spam')
  const nora = await desk.openMail('nora', 'Taken for spam')
  expect(nora.card().header?.title).toBe('Suspected spam')
  expect(nora.labels()).toEqual(['No spam: make ticket', 'Yes, spam', 'Look again'])
  await nora.press('No spam: make ticket')
  expect(nora.notification()).toContain('It becomes a ticket')
  await desk.settle()
  await nora.press('Look again')
  expect(nora.card().header?.title).toMatch(/^TKT-\d{6}/)
  expect(nora.depth()).toBe(1)
})

test('what one says is spam, a colleague who opens it sees as said', async () => {
  await spamOf('fay@customer.example', 'You have won')
  await (await desk.openMail('nora', 'You have won')).press('Yes, spam')
  const sam = await desk.openMail('sam', 'You have won')
  expect(sam.text()).toContain('Somebody on your team said that this mail is spam.')
})

test('a draft to a mail that wants its answer elsewhere goes to its sender, not where Gmail’s own reply would', async () => {
  const from = 'gil@customer.example'
  const head = { From: from, To: SUPPORT, 'Reply-To': 'desk@collect.example', Subject: 'Elsewhere' }
  desk.google.deliver(rawMail({ ...head, 'Message-ID': '<elsewhere@customer.example>' }, 'Where is it?'), {
    from,
    to: [SUPPORT],
  })
  await desk.settle()
  const nora = await desk.openMail('nora', 'Elsewhere')
  await nora.press('Answer all the same')
  await nora.press('Reply in Gmail')
  const [draft] = desk.google.users.mails(desk.staff.nora.email).filter(({ labels }) => labels.includes('DRAFT'))
  const raw = draft ? desk.google.users.rawOf(draft).toString('utf8') : ''
  expect(/^To: .*$/m.exec(raw)?.[0]).toContain(from)
  expect(raw).not.toContain('collect.example')
})
