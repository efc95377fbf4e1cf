import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { openSession } from '../../backend/features/settings/page-sessions.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput } from '../../shared/combined-actions.ts'
import { ordersOf } from '../support/action-orders.ts'
import { approvalsAt } from '../support/approvals.ts'
import { type ShopDesk, startShopDesk } from '../support/shop.ts'
import { tokenIn, visitor } from '../support/visitor.ts'

const SESSION = '__Host-sidedesk-session'
const OURS = 'https://desk.example'

let desk: ShopDesk
let approvals: ReturnType<typeof approvalsAt>
let actionId: string
beforeAll(async () => {
  desk = await startShopDesk()
  approvals = approvalsAt(desk)
  await approvals.strict()
  const shop = ordersOf(desk.fern)
  const refund = { what: 'amount', amount: { minor: 1_200, currency: 'GBP' } }
  const input = ActionInput.parse({ reason: { code: 'spilled' }, refund })
  actionId = await approvals.ask(shop.delivered(shop.buy()), input)
})
afterAll(() => desk.stop())

let vera: ReturnType<typeof visitor>
let form: string
beforeEach(async () => {
  vera = visitor(desk, 'vera')
  form = tokenIn((await vera.open(`/actions/${actionId}`)).text)
})

/** Sends the approval as a browser would that was led to it. */
const post = (fields: Record<string, string>, headers: Record<string, string>, who = vera) =>
  who.ask(`/actions/${actionId}/approval`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  })

test.each([
  ['a page of another site', { origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
  ['the same host over plain http', { origin: 'http://desk.example' }],
  ['a browser that says it comes from elsewhere', { 'sec-fetch-site': 'cross-site' }],
  ['something that says nothing', {}],
])('a form of %s does nothing, even with the right token', async (_who, headers) => {
  const answer = await post({ form }, headers)
  expect(answer.status).toBe(403)
  expect(await answer.text()).toContain('not made by Sidedesk for you')
  expect(await approvals.state(actionId)).toBe('waiting_approval')
})

test('a form without a token, with that of another person, or of an earlier session does nothing', async () => {
  const ada = visitor(desk, 'ada')
  const another = tokenIn((await ada.open(`/actions/${actionId}`)).text)
  await vera.send('/sign-out', {}, '/')
  await vera.open('/')
  for (const token of ['', 'guess', another, form])
    expect((await post({ form: token }, { origin: OURS })).status).toBe(403)
  expect(await approvals.state(actionId)).toBe('waiting_approval')
})

test('a session that ended does nothing, and says so', async () => {
  await desk.travel('13 h')
  const answer = await post({ form }, { origin: OURS })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain('Nothing was done')
  expect(await approvals.state(actionId)).toBe('waiting_approval')
})

test('a cookie that was made up, or moved to another workspace, is no session', async () => {
  const [, secret = ''] = (vera.cookies.get(SESSION) ?? '').split('.')
  const { workspaceId: elsewhere } = await createWorkspace(desk.ctx, 'Elsewhere')
  for (const kept of [
    `${elsewhere}.${secret}`,
    `${desk.workspaceId}.${'x'.repeat(43)}`,
    `${desk.workspaceId}.`,
    "'; --",
  ]) {
    vera.cookies.set(SESSION, kept)
    expect((await vera.ask(`/actions/${actionId}`)).status).toBe(302)
  }
})

test('an admin of another workspace finds no such action, and cannot decide about it', async () => {
  const { workspaceId } = await createWorkspace(desk.ctx, 'Neighbours')
  await addDomain(desk.ctx, workspaceId, 'neighbours.example')
  const person = { email: 'eve@neighbours.example', name: 'Eve', role: 'admin' as const }
  const { id, name } = await inviteStaff(desk.ctx, workspaceId, person, systemOf(workspaceId))
  await inWorkspace(desk.ctx, workspaceId, (tx) =>
    tx.staff.update({ where: { workspaceId_id: { workspaceId, id } }, data: { state: 'active', googleSub: 'eve' } }),
  )
  const eve = visitor(desk, 'vera')
  eve.cookies.set(SESSION, await openSession(desk.ctx, { kind: 'staff', id, workspaceId, name, role: 'admin' }))
  const token = tokenIn((await eve.open('/')).text)
  const looked = await eve.open(`/actions/${actionId}`)
  expect(looked).toMatchObject({ status: 404, text: expect.stringContaining('Eve') })
  expect((await post({ form: token }, { origin: OURS }, eve)).status).toBe(404)
  expect((await eve.open('/actions/none')).status).toBe(404)
  expect(await approvals.state(actionId)).toBe('waiting_approval')
})

test('a form that is sent again after it was done says so, and does nothing twice', async () => {
  expect((await post({ form }, { origin: OURS })).status).toBe(303)
  const again = await post({ form }, { origin: OURS })
  expect(again.status).toBe(409)
  expect(await again.text()).toContain('You have approved it already')
  expect(await desk.events('action.approved')).toHaveLength(1)
})
