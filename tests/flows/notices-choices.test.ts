import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createApiKey, deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { getNoticeChoices, NOTICE_KINDS, noticeKindsFor, writeNoticeChoices } from '../../shared/notices.ts'
import { showQueue } from '../../shared/queues.ts'
import { escalateTicket } from '../../shared/sla.ts'
import { assignTicket, getTicket } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { widgetsOf } from '../support/panel-hands.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
let notices: ReturnType<typeof noticesOf>
beforeAll(async () => {
  desk = await startDesk()
  notices = noticesOf(desk)
})
afterAll(() => desk.stop())

const assign = async (ticketId: string, name: 'nora' | 'sam', by: 'vera' | 'nora' = 'vera') => {
  const { version } = await desk.as(by).call(getTicket, { params: { ticketId } })
  await desk.as(by).call(assignTicket, { params: { ticketId }, body: { assigneeId: desk.staff[name].id, version } })
  await desk.settle()
}

test('until somebody chooses they are told what they were always told, with a link to the ticket', async () => {
  const ticket = await notices.mention('nora')
  const [mail, ...more] = noticesTo(desk, 'nora')
  expect(more).toEqual([])
  expect(mail?.subject).toBe(`${ticket.number}: Vera mentions you`)
  expect(mail?.text).toContain(`https://desk.example/desk/tickets/${ticket.id}`)
  expect(mail?.text).toContain('https://desk.example/desk/notices')
  expect(mail?.text).not.toContain('Secret')
  const { ways, digestHour, quiet } = await notices.choices('nora')
  expect({ digestHour, quiet }).toEqual({ digestHour: 8, quiet: true })
  expect(Object.keys(ways)).toEqual(noticeKindsFor('agent'))
  for (const [kind, way] of Object.entries(ways)) expect(way).toBe(NOTICE_KINDS[kind as keyof typeof ways].usual)
})

test('what is switched off comes no more, and nobody else notices', async () => {
  await notices.choose('nora', { mention: 'off' })
  const before = [notices.mailed('nora').length, notices.mailed('sam').length]
  await notices.mention('nora')
  await notices.mention('sam')
  expect([notices.mailed('nora').length, notices.mailed('sam').length]).toEqual([before[0], (before[1] ?? 0) + 1])
  await notices.choose('nora', { mention: 'mail' })
  const ticket = await notices.mention('nora')
  expect(notices.mailed('nora').at(-1)).toBe(`${ticket.number}: Vera mentions you`)
})

test('what others wait for cannot be switched off, and what is nobody’s business cannot be chosen', async () => {
  const refused = await refusalOf(notices.choose('nora', { mention: 'off', parked: 'off' }))
  expect(refused).toMatchObject({ status: 400, code: 'invalid_request' })
  expect(refused.message).toContain('«An action of yours stands still» must reach you at once')
  expect((await notices.choices('nora')).ways).toMatchObject({ mention: 'mail', parked: 'mail' })
  expect(await refusalOf(notices.choose('vera', { approval: 'digest' }))).toMatchObject({ status: 400 })
  expect((await refusalOf(notices.choose('nora', { webhook: 'mail' }))).message).toContain('does not concern your role')
  expect((await notices.choose('vera', { approval: 'both' })).ways.approval).toBe('both')
})

test('who wants to know is told of tickets that others give them: one notice for one act, none for what they take', async () => {
  const quiet = notices.mailed('sam').length
  const first = await notices.given()
  await assign(first.id, 'sam')
  expect(notices.mailed('sam')).toHaveLength(quiet)
  await notices.choose('sam', { assignment: 'mail' })
  const second = await notices.given()
  await assign(second.id, 'sam')
  expect(notices.mailed('sam').slice(quiet)).toEqual([`${second.number} is given to you`])
  await notices.choose('nora', { assignment: 'mail' })
  const third = await notices.given()
  const before = notices.mailed('nora').length
  await assign(third.id, 'nora', 'nora')
  expect(notices.mailed('nora')).toHaveLength(before)
})

test('whoever is escalated a ticket is told why, and not again that it is theirs', async () => {
  await notices.choose('sam', { assignment: 'mail' })
  const escalated = async () => {
    const { id, number } = await notices.given()
    const body = { toId: desk.staff.sam.id, reason: 'needs_expert' } as const
    await desk.as('vera').call(escalateTicket, { params: { ticketId: id }, body })
    await desk.settle()
    return number
  }
  const before = notices.mailed('sam').length
  const number = await escalated()
  expect(notices.mailed('sam').slice(before)).toEqual([`${number}: escalated to you by Vera`])
  await notices.choose('sam', { escalation: 'off' })
  expect(notices.mailed('sam')).toHaveLength(before + 1)
  const second = await escalated()
  expect(notices.mailed('sam').slice(before + 1)).toEqual([`${second} is given to you`])
})

test('the page shows what is chosen and keeps what was typed when it is refused; the homepage leads to it', async () => {
  const sam = visitor(desk, 'sam')
  const page = await sam.open('/desk/notices')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(page.text).not.toContain('way.webhook')
  const saved = await sam.send('/desk/notices', { 'way.mention': 'digest', digestHour: '17' })
  expect(saved.text).toContain('Saved. It counts from now on.')
  expect(await notices.choices('sam')).toMatchObject({
    ways: { mention: 'digest', assignment: 'mail' },
    digestHour: 17,
    quiet: false,
  })
  const refused = await sam.send('/desk/notices', {
    'way.mention': 'mail',
    'way.money': 'off',
    digestHour: '6',
    quiet: 'on',
  })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('must reach you at once')
  expect(refused.text).toMatch(/value="6" selected|selected value="6"/)
  expect((await notices.choices('sam')).ways.mention).toBe('digest')
  const home = await desk.as('sam').call(showQueue, { params: { view: 'mine' }, query: {} })
  expect(widgetsOf(home)).toContainEqual(
    expect.objectContaining({
      buttons: expect.arrayContaining([
        expect.objectContaining({
          label: 'Notices',
          press: { kind: 'link', url: 'https://desk.example/desk/notices' },
        }),
      ]),
    }),
  )
})

test('a key chooses nothing, and each sees their own choices only', async () => {
  const key = await createApiKey(
    desk.ctx,
    desk.workspaceId,
    { name: 'Robot', scopes: ['tickets:write'] },
    systemOf(desk.workspaceId),
  )
  expect(await refusalOf(desk.withToken(key.key).call(getNoticeChoices))).toMatchObject({ status: 403 })
  const { ways } = await notices.choices('sam')
  await notices.choose('nora', { mention: 'off' })
  expect((await notices.choices('sam')).ways).toEqual(ways)
  await desk.as('nora').call(writeNoticeChoices, { body: { ways: {}, digestHour: 9, quiet: false } })
  expect(await notices.choices('nora')).toMatchObject({ ways: { mention: 'off' }, digestHour: 9, quiet: false })
})

test('what waits for somebody who leaves is forgotten', async () => {
  await notices.choose('sam', { mention: 'digest' })
  await notices.mention('sam')
  const by = systemOf(desk.workspaceId)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, by)
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, by)
  const before = notices.mailed('sam').length
  await desk.travel('1 day')
  await notices.tick()
  expect(notices.mailed('sam')).toHaveLength(before)
})
