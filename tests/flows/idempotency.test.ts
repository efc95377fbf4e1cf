import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTicket, getTicket, noteTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let ticketId: string
beforeAll(async () => {
  desk = await startDesk()
  const mail = {
    messageId: '<one@ada.example>',
    subject: 'Jar',
    from: 'ada@ada.example',
    sentAt: desk.clock.now().toISOString(),
    text: 'Broken.',
  }
  ticketId = (await desk.as('nora').call(createTicket, { body: mail })).id
})
afterAll(() => desk.stop())

const notes = async () =>
  (await desk.as('nora').call(getTicket, { params: { ticketId } })).messages.filter(
    ({ direction }) => direction === 'note',
  ).length
const write = (key: string, text = 'Called her') =>
  desk.as('nora').call(noteTicket, { params: { ticketId }, body: { text }, key })

test('a write that is sent twice with the same key happens once and answers the same', async () => {
  const before = await notes()
  const first = await write('key-once-0001')
  const second = await write('key-once-0001')
  expect(second).toEqual(first)
  expect(await notes()).toBe(before + 1)
})

test('twenty double clicks at the same moment are one write', async () => {
  const before = await notes()
  const replies = await Promise.all(Array.from({ length: 20 }, () => write('key-storm-001')))
  expect(new Set(replies.map(({ key }) => key)).size).toBe(1)
  expect(await notes()).toBe(before + 1)
})

test('the same key with another body is refused', async () => {
  await write('key-reused-01', 'First')
  expect(await refusalOf(write('key-reused-01', 'Second'))).toMatchObject({
    status: 409,
    code: 'idempotency_key_reused',
  })
})

test("one person's key is not another's", async () => {
  const before = await notes()
  await write('key-shared-01')
  await desk.as('sam').call(noteTicket, { params: { ticketId }, body: { text: 'Called her' }, key: 'key-shared-01' })
  expect(await notes()).toBe(before + 2)
})

test('a write that was refused may be sent again with its key', async () => {
  const refused = await refusalOf(
    desk.as('nora').call(noteTicket, {
      params: { ticketId: '01890000-0000-7000-8000-000000000000' },
      body: { text: 'x' },
      key: 'key-retry-001',
    }),
  )
  expect(refused.code).toBe('not_found')
  await desk.as('nora').call(noteTicket, { params: { ticketId }, body: { text: 'now it works' }, key: 'key-retry-002' })
})

test('a write without a key is refused with what to do', async () => {
  expect(await refusalOf(write(''))).toMatchObject({ code: 'idempotency_key_missing' })
})

test('after 48 hours a key is forgotten', async () => {
  await write('key-old-00001')
  await desk.travel('49 h')
  await desk.pool.query(`select graphile_worker.add_job('every-workspace:settings:forget-keys')`)
  await desk.settle()
  const before = await notes()
  await write('key-old-00001')
  expect(await notes()).toBe(before + 1)
})
