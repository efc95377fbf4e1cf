import { createECDH } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import pg from 'pg'
import { notify, resumeNotices } from '../../backend/features/notices/index.ts'
import { deactivateStaff, pauseEffects, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { noticesOf, type PushService } from '../support/notice-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { readPush, senderOf, startPushService } from '../support/push-service.ts'
import { visitor } from '../support/visitor.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let service: PushService
let notices: ReturnType<typeof noticesOf>
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk({ env: { WEBHOOKS_TO_PRIVATE: 'true' } })
  service = await startPushService()
  notices = noticesOf(desk)
  work = workAt(desk)
})
afterAll(async () => {
  await service.close()
  await desk.stop()
})
beforeEach(() => service.answers(() => 201))

const RFC_8291_EXAMPLE =
  'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN'

const browsers = (name: 'nora' | 'sam') =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.pushSubscription.findMany({ where: { staffId: desk.staff[name].id } }),
    { reads: true },
  )

const takeAllAway = () => inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.pushSubscription.deleteMany({ where: {} }))

/** Hours later the queue has tried again several times. */
async function later(hours: number) {
  for (let hour = 0; hour < hours; hour++) {
    await desk.travel('1 h')
    await desk.settle()
  }
}

test('the browsers of these stories read as the standard says: its own example', () => {
  const keys = createECDH('prime256v1')
  keys.setPrivateKey(Buffer.from('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url'))
  const auth = Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url')
  expect(readPush(Buffer.from(RFC_8291_EXAMPLE, 'base64url'), keys, auth)).toBe(
    'When I grow up, I want to be a watermelon',
  )
})

test('a browser that was switched on shows kind and number, encrypted for it alone, signed as ours, and no mail comes', async () => {
  const phone = service.browser()
  const page = await notices.switchOn('nora', phone)
  expect(page.text).toContain('This browser shows your notices from now on.')
  expect(page.text).toContain('My phone')
  expect(page.text).toContain(phone.hash)
  await notices.choose('nora', { mention: 'push' })
  const ticket = await notices.mention('nora')
  expect(phone.shown()).toEqual([
    { title: ticket.number, body: 'You are mentioned', path: `/desk/tickets/${ticket.id}`, tag: expect.any(String) },
  ])
  expect(notices.mailed('nora')).toEqual([])
  const [request] = phone.requests()
  expect(request?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '43200', urgency: 'high' })
  expect(request?.headers['topic']).toMatch(/^[0-9a-f]{32}$/)
  for (const word of [ticket.number, 'Vera', 'mentioned']) expect(request?.body.includes(word)).toBe(false)
  const key = /data-key="([\w-]+)"/.exec(page.text)?.[1]
  expect(await senderOf(request as NonNullable<typeof request>, desk.clock.now())).toMatchObject({
    alg: 'ES256',
    aud: service.url,
    sub: 'https://desk.example',
    key,
  })
  await takeAllAway()
})

test('mail and push of one thing come only when both are chosen, and a push to no browser is a mail', async () => {
  const [phone, laptop] = [service.browser(), service.browser('Laptop')]
  await notices.choose('nora', { mention: 'push' })
  await notices.mention('nora')
  expect(notices.mailed('nora')).toHaveLength(1)
  await notices.switchOn('nora', phone)
  await notices.switchOn('nora', laptop)
  await notices.choose('nora', { mention: 'both' })
  await notices.mention('nora')
  expect([phone.shown().length, laptop.shown().length, notices.mailed('nora').length]).toEqual([1, 1, 2])
  await notices.choose('nora', { mention: 'mail' })
  await notices.mention('nora')
  expect([phone.shown().length, laptop.shown().length, notices.mailed('nora').length]).toEqual([1, 1, 3])
  await takeAllAway()
})

test('a browser that its service does not know any more is forgotten, and what was to be shown comes by mail, once', async () => {
  for (const status of [404, 410, 403]) {
    const [phone, laptop] = [service.browser(), service.browser()]
    await notices.switchOn('nora', phone)
    await notices.switchOn('nora', laptop)
    await notices.choose('nora', { mention: 'push' })
    service.answers(() => status)
    const before = notices.mailed('nora').length
    const ticket = await notices.mention('nora')
    expect(await browsers('nora')).toEqual([])
    expect(notices.mailed('nora').slice(before)).toEqual([`${ticket.number}: Vera mentions you`])
  }
  const gone = await desk.events('push.switched_off')
  expect(gone.filter(({ payload }) => JSON.stringify(payload).includes('"gone"'))).toHaveLength(6)
})

test('where one browser is gone and another shows it no mail comes', async () => {
  const [phone, laptop] = [service.browser(), service.browser()]
  await notices.switchOn('nora', phone)
  await notices.switchOn('nora', laptop)
  service.answers(({ path }) => (path === phone.path ? 410 : 201))
  const before = notices.mailed('nora').length
  await notices.mention('nora')
  expect(laptop.shown()).toHaveLength(1)
  expect(notices.mailed('nora')).toHaveLength(before)
  await takeAllAway()
})

test('a service that fails is asked again by the queue until it takes it; what it took twice is shown once', async () => {
  const phone = service.browser()
  await notices.switchOn('nora', phone)
  service.answers(() => 503)
  await notices.mention('nora')
  expect(phone.requests()).toHaveLength(1)
  service.answers(() => 201)
  await later(1)
  const shown = phone.shown()
  expect(shown).toHaveLength(2)
  expect(new Set(shown.map(({ tag }) => tag)).size).toBe(1)
  expect(new Set(phone.requests().map(({ headers }) => headers['topic'])).size).toBe(1)
  await later(3)
  expect(phone.requests()).toHaveLength(2)
  await takeAllAway()
})

test('a service that fails for twelve hours is left alone, and a mail says it instead', async () => {
  const phone = service.browser()
  await notices.switchOn('nora', phone)
  service.answers(() => 429)
  const before = notices.mailed('nora').length
  const ticket = await notices.mention('nora')
  expect(notices.mailed('nora')).toHaveLength(before)
  await later(20)
  expect(notices.mailed('nora').slice(before)).toEqual([`${ticket.number}: Vera mentions you`])
  const asked = phone.requests().length
  await later(4)
  expect(phone.requests()).toHaveLength(asked)
  await takeAllAway()
})

test('a push that did not come through before the shift ended waits for the next one, and does not ring at night', async () => {
  const phone = service.browser()
  await notices.switchOn('nora', phone)
  await notices.choose('nora', { mention: 'push' })
  await notices.plan('nora', -1, 1)
  service.answers(() => 503)
  const before = notices.mailed('nora').length
  const ticket = await notices.mention('nora')
  const tried = phone.requests().length
  expect(tried).toBeGreaterThan(0)
  service.answers(() => 201)
  await later(16)
  expect([phone.requests().length, notices.mailed('nora').length]).toEqual([tried, before])
  await work.in('nora')
  await desk.settle()
  expect(notices.mailed('nora').slice(before)).toEqual(['1 notice from while you were off shift'])
  expect(noticesTo(desk, 'nora').at(-1)?.text).toContain(`${ticket.number}: Vera mentions you`)
  await takeAllAway()
  await work.empty()
})

test('while the mailbox cannot be reached pushes come all the same, and the mails when it is back, once', async () => {
  const phone = service.browser()
  await notices.switchOn('nora', phone)
  await notices.choose('nora', { mention: 'push' })
  const state = (to: 'connected' | 'needs_access') =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.mailbox.updateMany({ data: { state: to } }))
  await state('needs_access')
  desk.google.faults.add({ method: 'gmail.users.messages.send', kind: '503' })
  const before = notices.mailed('sam').length
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    notify(desk.ctx, tx, [desk.staff.nora, desk.staff.sam], {
      kind: 'mention',
      about: 'without-a-mailbox',
      subject: 'Look at this',
      lines: ['Now.'],
      path: '/desk',
      number: null,
    }),
  )
  await desk.settle()
  expect([phone.requests().length, notices.mailed('sam').length]).toEqual([1, before])
  await state('connected')
  await desk.travel('5 min')
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, resumeNotices, {}))
  await desk.settle()
  expect(notices.mailed('sam').slice(before)).toEqual([]) // it is looked for a second time before it is sent again
  await desk.travel('1 min')
  await desk.settle()
  expect(notices.mailed('sam').slice(before)).toEqual(['Look at this'])
  expect(phone.requests()).toHaveLength(1)
  await takeAllAway()
})

test('while writing outside is paused a push waits, and goes out once when it goes on', async () => {
  const phone = service.browser()
  await notices.switchOn('nora', phone)
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  await notices.mention('nora')
  expect(phone.requests()).toHaveLength(0)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, resumeNotices, {}))
  await desk.settle()
  await later(1)
  expect(phone.requests()).toHaveLength(1)
  await takeAllAway()
})

test('a browser shows notices of who switched it on last, and those of who left no more', async () => {
  const shared = service.browser('The one at the counter')
  await notices.switchOn('nora', shared)
  await notices.switchOn('sam', shared)
  expect([(await browsers('nora')).length, (await browsers('sam')).length]).toEqual([0, 1])
  await notices.choose('sam', { mention: 'push' })
  await notices.mention('sam')
  expect(shared.shown()).toHaveLength(1)
  const by = systemOf(desk.workspaceId)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, by)
  expect(await browsers('sam')).toEqual([])
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, by)
})

test('each takes away their own browsers only', async () => {
  const phone = service.browser()
  await notices.switchOn('nora', phone)
  const [row] = await browsers('nora')
  const path = `/desk/notices/browsers/${row?.id}/removal`
  expect((await visitor(desk, 'sam').send(path, {}, '/desk/notices')).status).toBe(404)
  expect(await browsers('nora')).toHaveLength(1)
  const taken = await visitor(desk, 'nora').send(path, {}, '/desk/notices')
  expect(taken.text).toContain('That browser shows your notices no more.')
  expect(await browsers('nora')).toEqual([])
})

test('where a browser is reached is stored sealed', async () => {
  const phone = service.browser('Nora’s phone')
  await notices.switchOn('nora', phone)
  const owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
  const { rows } = await owner.query('select * from desk.push_subscription')
  const { rows: keys } = await owner.query('select * from desk.push_key')
  await owner.end()
  const stored = Buffer.from(rows[0].content)
  for (const secret of [phone.path, phone.fields.auth, 'Nora']) expect(stored.includes(secret)).toBe(false)
  expect(Buffer.from(keys[0].private_key).length).toBeGreaterThan(43)
  await takeAllAway()
})

test('what no browser says, and an eleventh browser, are refused in words', async () => {
  const phone = service.browser()
  for (const wrong of [{ endpoint: 'javascript:alert(1)' }, { p256dh: 'AAAA' }, { auth: '' }, { endpoint: '' }]) {
    const page = await notices.switchOn('nora', { fields: { ...phone.fields, ...wrong } })
    expect([page.status, page.text.includes('did not say how it is reached')]).toEqual([400, true])
  }
  for (let count = 0; count < 10; count++) await notices.switchOn('nora', service.browser())
  const page = await notices.switchOn('nora', service.browser())
  expect([page.status, page.text.includes('10 browsers show your notices already')]).toEqual([400, true])
  await takeAllAway()
  expect(noticesTo(desk, 'frank')).toEqual([])
})
