import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { fillSearch, unfilled } from '../../backend/features/search/filling.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { searchTickets } from '../../shared/search.ts'
import { createTicket, tagTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const given = (number: number) =>
  desk.as('nora').call(createTicket, {
    body: {
      messageId: `<old-${number}@ada.example>`,
      subject: `Old ${number}`,
      from: 'Ada <ada@ada.example>',
      sentAt: desk.clock.now().toISOString(),
      text: 'A dodo from before the search.',
    },
  })

const found = async (q: string) =>
  (await desk.as('nora').call(searchTickets, { query: { q, limit: 50 } })).items.map(({ subject }) => subject).sort()

/** As a desk stands whose messages were stored before there was a search. */
const forgetWords = () =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.searchDocument.deleteMany({ where: { workspaceId: tx.workspaceId } })
    await tx.searchFilling.create({
      data: { workspaceId: tx.workspaceId, afterId: '00000000-0000-0000-0000-000000000000' },
    })
  })

test('messages from before the search are found once they are read, in batches that may be repeated', async () => {
  for (let number = 0; number < 5; number++) await given(number)
  const tagged = await given(5)
  await desk.as('nora').call(tagTicket, { params: { ticketId: tagged.id }, body: { add: ['heirloom'] } })
  await forgetWords()
  expect(await found('dodo')).toEqual([])
  expect(await unfilled(desk.ctx)).toEqual([desk.workspaceId])
  await given(6)
  expect(await found('dodo')).toEqual(['Old 6'])
  await Promise.all([fillSearch(desk.ctx, desk.workspaceId), fillSearch(desk.ctx, desk.workspaceId)])
  await fillSearch(desk.ctx, desk.workspaceId)
  expect(await found('dodo')).toEqual([0, 1, 2, 3, 4, 5, 6].map((number) => `Old ${number}`))
  expect(await found('tag:heirloom')).toEqual(['Old 5'])
  expect(await unfilled(desk.ctx)).toEqual([])
})

test('the words of a ticket go with it', async () => {
  const ticket = await given(7)
  const words = () =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
      tx.searchDocument.count({ where: { workspaceId: tx.workspaceId, ticketId: ticket.id } }),
    )
  expect(await words()).toBeGreaterThan(0)
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.$executeRaw`delete from desk.sla_clock where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${ticket.id}::uuid`
    await tx.message.deleteMany({ where: { workspaceId: tx.workspaceId, ticketId: ticket.id } })
    await tx.ticket.delete({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id: ticket.id } } })
  })
  expect(await words()).toBe(0)
})
