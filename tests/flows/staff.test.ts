import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff, inviteStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { listStaff } from '../../shared/settings.ts'
import { assignTicket, createTicket, getTicket, listTimeline } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const bySystem = () => systemOf(desk.workspaceId)

let made = 0
/** A ticket that somebody made of a mail in front of them. */
const given = (by: StaffName) =>
  desk.as(by).call(createTicket, {
    body: {
      messageId: `<mail-${++made}@ada.example>`,
      subject: 'Jar',
      from: 'ada@ada.example',
      sentAt: desk.clock.now().toISOString(),
      text: 'Broken.',
    },
  })

test('someone who leaves loses access at once, and their open tickets go back to nobody', async () => {
  const { id, version } = await given('sam')
  await desk
    .as('sam')
    .call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff.sam.id, version } })
  await deactivateStaff(desk.ctx, desk.workspaceId, 'sam@fern.example', bySystem())
  expect(await refusalOf(desk.as('sam').call(getTicket, { params: { ticketId: id } }))).toMatchObject({
    code: 'unknown_staff',
    message: expect.stringContaining('was ended'),
  })
  await desk.settle()
  expect((await desk.as('nora').call(getTicket, { params: { ticketId: id } })).assignee).toBeNull()
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: id } })
  expect(items[0]).toMatchObject({
    type: 'ticket.assigned',
    actor: { kind: 'system', name: 'Sidedesk' },
    facts: { assigneeId: null },
  })
  await reactivateStaff(desk.ctx, desk.workspaceId, 'sam@fern.example', bySystem())
  expect((await desk.as('sam').call(getTicket, { params: { ticketId: id } })).id).toBe(id)
})

test('a ticket cannot be given to someone who left', async () => {
  const { id, version } = await given('nora')
  const gone = await inviteStaff(
    desk.ctx,
    desk.workspaceId,
    { email: 'gone@fern.example', name: 'Gone', role: 'agent' },
    bySystem(),
  )
  await deactivateStaff(desk.ctx, desk.workspaceId, 'gone@fern.example', bySystem())
  const refused = await refusalOf(
    desk.as('nora').call(assignTicket, { params: { ticketId: id }, body: { assigneeId: gone.id, version } }),
  )
  expect(refused).toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('not on the staff any more'),
  })
})

test('a ticket goes to people who work on tickets only', async () => {
  const { id, version } = await given('nora')
  const give = (assigneeId: string) =>
    desk.as('nora').call(assignTicket, { params: { ticketId: id }, body: { assigneeId, version } })
  expect(await refusalOf(give(desk.staff.rhea.id))).toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('read-only'),
  })
  expect((await give(desk.staff.vera.id)).assignee?.name).toBe('Vera')
})

test('only addresses of the workspace can be invited, and each once', async () => {
  const invite = (email: string) =>
    inviteStaff(desk.ctx, desk.workspaceId, { email, name: 'X', role: 'agent' }, bySystem())
  await expect(invite('eve@rival.example')).rejects.toThrow('Add its domain first')
  await expect(invite('NORA@fern.example')).rejects.toThrow('on the staff already')
})

test('the staff is listed by name, those who left last', async () => {
  const { items } = await desk.as('rhea').call(listStaff)
  expect(items.map(({ name }) => name).slice(0, 6)).toEqual(['Ada', 'Frank', 'Nora', 'Rhea', 'Sam', 'Vera'])
  expect(items.at(-1)).toMatchObject({ name: 'Gone', state: 'deactivated' })
})
