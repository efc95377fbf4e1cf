import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { lakeRows } from '../support/lake-rows.ts'

let desk: Desk
let lake: LakeOfDesk
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

test('a new ticket is in the figures after the next pull', async () => {
  const mail = {
    messageId: '<a@ada.example>',
    subject: 'Jar',
    from: 'ada@ada.example',
    sentAt: desk.clock.now().toISOString(),
    text: 'Broken.',
  }
  await lake.pull()
  await desk.as('nora').call(createTicket, { body: mail })
  await lake.pull()
  const rows = await lakeRows(lake, desk.workspaceId)
  expect(rows.ticket).toHaveLength(1)
})
