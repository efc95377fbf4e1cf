import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { listSavedReplies, removeSavedReply, startReplyDraft, writeSavedReply } from '../../shared/drafts.ts'
import { createTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const id = '01890000-0000-7000-8000-00000000000a'
const write = (title: string, text: string) =>
  desk.as('vera').call(writeSavedReply, { params: { savedReplyId: id }, body: { title, text } })

test('a supervisor writes a saved reply, rewrites it and removes it', async () => {
  await write('Sorry', 'We are sorry.')
  await write('Sorry', 'We are very sorry.')
  expect((await desk.as('nora').call(listSavedReplies)).items).toMatchObject([
    { id, title: 'Sorry', text: 'We are very sorry.', scope: 'workspace', used: 0 },
  ])
  expect(await desk.as('vera').call(removeSavedReply, { params: { savedReplyId: id } })).toEqual({ removed: true })
  expect((await desk.as('nora').call(listSavedReplies)).items).toEqual([])
})

test("names are filled in: the caller's always, the customer's where the draft knows one", async () => {
  await write('Hello', 'Dear {customer}, yours {agent}')
  const { items } = await desk.as('nora').call(listSavedReplies, { query: { filled: 'true' } })
  expect(items[0]?.text).toBe('Dear {customer}, yours Nora')
  const mail = {
    messageId: '<a@ada.example>',
    subject: 'Jar',
    from: 'Ada Lovell <ada@ada.example>',
    sentAt: desk.clock.now().toISOString(),
    text: 'Broken.',
  }
  await desk.google.customers.write({
    from: 'ada@ada.example',
    name: 'Ada Lovell',
    to: 'support@fern.example',
    subject: 'Jar',
    text: 'Broken.',
  })
  await desk.settle()
  const ticket = await desk.as('nora').call(createTicket, { body: mail })
  const draft = await desk
    .as('nora')
    .call(startReplyDraft, { params: { ticketId: ticket.id }, body: { savedReplyId: id } })
  expect(draft.text).toBe('Dear Ada Lovell, yours Nora')
})

test('an agent may use saved replies and not write them', async () => {
  const refused = await refusalOf(
    desk.as('nora').call(writeSavedReply, { params: { savedReplyId: id }, body: { title: 'x', text: 'x' } }),
  )
  expect(refused.code).toBe('forbidden')
})
