import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { listWebhooks, WEBHOOK_EVENTS } from '../../shared/webhooks.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'
import { startReceiver } from '../support/webhook-receiver.ts'

let desk: Desk
let receiver: Awaited<ReturnType<typeof startReceiver>>
let ada: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = await startDesk({ env: { WEBHOOKS_TO_PRIVATE: 'true' } })
  receiver = await startReceiver()
  ada = visitor(desk, 'ada')
})
afterAll(async () => {
  await receiver.close()
  await desk.stop()
})

const PATH = '/settings/webhooks'
const only = async () => {
  const [webhook] = (await desk.as('ada').call(listWebhooks)).items
  if (!webhook) throw new Error('There is no webhook')
  return webhook
}

test('a refused webhook keeps what was typed and says why', async () => {
  const refused = await ada.send(PATH, { name: 'Warehouse', url: 'ftp://example.com/', events: 'ticket.noted' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('must begin with https://')
  for (const kept of ['value="Warehouse"', 'value="ftp://example.com/"']) expect(refused.text).toContain(kept)
  expect(refused.text).toMatch(/value="ticket\.noted" checked/)
  for (const type of Object.keys(WEBHOOK_EVENTS)) expect(refused.text).toContain(`value="${type}"`)
})

test('an admin adds a webhook, sees its secret once, tries it and reads what was answered', async () => {
  const added = await ada.send(PATH, { name: 'Warehouse', url: `${receiver.url}/w`, events: 'ticket.created' })
  expect(added.text).toMatch(/whsec_[\w+/]{43}=/)
  const { id } = await only()
  expect((await ada.open(PATH)).text).not.toContain('whsec_')
  receiver.answers(() => ({ status: 418, body: '<b>teapot</b>' }))
  await ada.send(`${PATH}/${id}/tests`, {}, `${PATH}/${id}`)
  await desk.settle()
  const page = await ada.open(`${PATH}/${id}`)
  for (const words of ['webhook.test', '418', '&lt;b>teapot&lt;/b>', 'again at', 'nothing came through lately'])
    expect(page.text).toContain(words)
  receiver.answers(() => ({ status: 204 }))
  const [delivery = ''] = /deliveries\/[0-9a-f-]{36}\/repetition/.exec(page.text) ?? []
  await ada.send(`${PATH}/${id}/${delivery}`, {}, `${PATH}/${id}`)
  await desk.settle()
  expect((await ada.open(`${PATH}/${id}`)).text).toContain('came through')
})

test('it is changed, switched off and on, given another secret, and removed; all of it is in the changes', async () => {
  const { id } = await only()
  const one = `${PATH}/${id}`
  const typed = { name: 'Store', url: `${receiver.url}/s`, events: 'ticket.moved' }
  expect((await ada.send(one, typed)).text).toContain('switched off')
  expect(await only()).toMatchObject({ name: 'Store', events: ['ticket.moved'], state: 'off' })
  expect((await ada.send(`${one}/tests`, {}, one)).text).toContain('Switch it on first')
  const refused = await ada.send(one, { ...typed, name: ' ' })
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('what it is for')])
  await ada.send(one, { ...typed, on: 'on' })
  expect((await ada.send(`${one}/secret`, {}, one)).text).toContain('whsec_')
  expect((await ada.send(`${one}/removal`, {}, one)).path).toBe(PATH)
  expect((await desk.as('ada').call(listWebhooks)).items).toEqual([])
  const changes = await ada.open('/settings/changes')
  expect(changes.text).toContain('Warehouse')
  expect(changes.text).toContain('Store')
  expect(changes.text).not.toContain('whsec_')
})
