import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { claimTicket } from '../../shared/claims.ts'
import { writeSavedReply } from '../../shared/drafts.ts'
import { listReminders, listSavedViews } from '../../shared/queues.ts'
import { getTicket } from '../../shared/tickets.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'

/** Cards of the panel, drawn as pages of the desk. */
let desk: Desk
let mail: ReturnType<typeof mailAt>
let nora: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  nora = pageReader(desk, 'nora')
})
afterAll(() => desk.stop())

async function opened() {
  const { id } = await mail.cardOfNew({ from: someone(), text: 'Where is it?' })
  await nora.open(`/desk/tickets/${id}`)
  return id
}

const cardAt = (path: string, ticket?: string) =>
  `/desk/card?${new URLSearchParams({ path, ...(ticket && { ticket }) })}`

test('a saved reply is chosen, changed and sent, and what it does besides is done', async () => {
  await desk.as('vera').call(writeSavedReply, {
    params: { savedReplyId: '01890000-0000-7000-8000-00000000000a' },
    body: {
      title: 'On its way',
      text: 'Hello, it is on its way. {agent}',
      variants: {},
      acts: { priority: 'high' },
      scope: 'workspace',
    },
  })
  const id = await opened()
  await nora.press('Saved replies')
  expect(nora.page().path).toBe(cardAt(`/v1/tickets/${id}/saved-replies/card`, id))
  await nora.follow(/On its way/)
  expect(nora.field('text')).toContain('it is on its way. Nora')
  await nora.press('Send', { text: 'Hello, it left today.' })
  expect(nora.page().path).toMatch(new RegExp(`^/desk/tickets/${id}\\?said=`))
  await desk.settle()
  const ticket = await desk.as('nora').call(getTicket, { params: { ticketId: id } })
  expect(ticket.priority).toBe('high')
  expect(ticket.messages[0]?.excerpt).toContain('it left today')
})

test('what a card refuses is told on it, with what was typed', async () => {
  const id = await opened()
  await desk.as('sam').call(claimTicket, { params: { ticketId: id }, body: {} })
  await nora.open(cardAt(`/v1/tickets/${id}/claim/takeover-card`, id))
  const word = 'Long. '.repeat(200)
  const refused = await nora.press('Take over', { word })
  expect(refused.status).toBe(400)
  expect(nora.field('word')).toBe(word)
  expect(nora.words()).toContain('Sam is on it since')
})

test('a form that is answered with itself keeps what was typed, and is saved when it is whole', async () => {
  await nora.open(cardAt('/v1/saved-view-form'))
  const refused = await nora.press('Save', { name: '', priority: 'urgent' })
  expect(refused.status).toBe(200)
  await nora.press('Save', { name: 'Urgent ones' })
  const { items } = await desk.as('nora').call(listSavedViews)
  expect(items.map(({ name }) => name)).toContain('Urgent ones')
})

test('a reminder that is done is off the page', async () => {
  const id = await opened()
  await nora.open(cardAt(`/v1/tickets/${id}/later-card`, id))
  const day = new Date(desk.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10)
  await nora.press('Remind me', { 'remind.day': day, 'remind.hour': '9', 'remind.words': 'Call her' })
  await desk.travel('2 days')
  await nora.open('/desk')
  expect(nora.words()).toContain('Call her')
  await nora.press('Done')
  expect(nora.page().path.startsWith('/desk')).toBe(true)
  expect(nora.words()).not.toContain('Call her')
  expect((await desk.as('nora').call(listReminders)).items).toEqual([])
})

test('a path that shows no card, or belongs to nobody of the desk, is not found', async () => {
  const id = await opened()
  for (const path of [
    `/v1/tickets/${id}`,
    '/v1/nothing',
    'https://elsewhere.example/v1/x',
    '/settings',
    '//elsewhere.example',
  ])
    expect([path, (await nora.open(cardAt(path))).status]).toEqual([path, 404])
  expect((await nora.open('/desk/card')).status).toBe(200)
})

test('a card of another role is refused as the API refuses it', async () => {
  const frank = pageReader(desk, 'frank')
  expect((await frank.open(cardAt('/v1/availability-card'))).status).toBe(403)
})

test('a press that nothing can read does nothing, and says where to begin', async () => {
  await nora.open('/desk/card')
  const form = nora.field('form') ?? ''
  for (const press of ['', '{', '[]', '{"kind":"change"}', '{"kind":"call","method":"PATCH","path":"/v1/x"}'])
    expect([press, (await nora.browser.post('/desk/card', new URLSearchParams({ form, press }))).path]).toEqual([
      press,
      '/desk',
    ])
  const unknown = new URLSearchParams({
    form,
    press: '{"kind":"call","method":"POST","path":"/v1/nothing","key":"12345678"}',
  })
  const refused = await nora.browser.post('/desk/card', unknown)
  expect(refused.status).toBe(404)
  expect(refused.text).toContain('Try again')
})
