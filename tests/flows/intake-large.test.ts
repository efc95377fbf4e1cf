import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMailParser, type MailParser } from '../../backend/features/intake/parsing/pool.ts'
import { getTicket, listTickets } from '../../shared/tickets.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
let patient: MailParser
beforeAll(async () => {
  desk = await startDesk()
  patient = createMailParser(1, { timeoutMs: 60_000 }) // how long a mail may take on a busy machine is not the story here
  Object.assign(desk.ctx, { mailParser: patient })
})
afterAll(async () => {
  await patient.close()
  await desk.stop()
})

/** Gmail takes mails of 50 MB in their transport form; in base64 that is an attachment of about 36 MB. */
const LARGEST = 36_000_000

test('the largest mail that Gmail accepts becomes a ticket, and its attachment comes back byte for byte', async () => {
  const photo = randomBytes(LARGEST)
  await desk.google.customers.write({
    from: 'ada@ada.example',
    to: SUPPORT,
    subject: 'All the photos',
    text: 'Here they are.',
    attachments: [{ filename: 'photos.zip', content: photo, contentType: 'application/zip' }],
  })
  await desk.settle()
  const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open' } })
  const { messages } = await desk.as('nora').call(getTicket, { params: { ticketId: items[0]?.id ?? '' } })
  const [attachment] = messages[0]?.attachments ?? []
  expect(attachment).toMatchObject({ name: 'photos.zip', size: LARGEST })
  const response = await fetch((attachment?.url ?? '').replace('https://desk.example', desk.url))
  expect(Buffer.from(await response.arrayBuffer()).equals(photo)).toBe(true)
})
