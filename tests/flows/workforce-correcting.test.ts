import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  addWorkTimes,
  correctWorkTimes,
  endForSomebody,
  getWorkDay,
  listAtWork,
  type WorkCorrection,
  type WorkSpan,
  writeBreakKinds,
} from '../../shared/workforce.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
})
afterEach(() => work.empty())
afterAll(() => desk.stop())

const vera = () => desk.as('vera')
const today = () => desk.clock.now().toISOString().slice(0, 10)

const dayOf = async (name: StaffName, day = today()): Promise<WorkSpan[]> =>
  (await vera().call(getWorkDay, { params: { staffId: desk.staff[name].id }, query: { day } })).items

async function onlySpan(name: StaffName): Promise<WorkSpan> {
  const [span, ...others] = await dayOf(name)
  if (!span || others.length > 0) throw new Error(`${name} has not one time of work today, but ${others.length + 1}`)
  return span
}

/** Minutes after a moment. */
const later = (iso: string, minutes: number) => new Date(Date.parse(iso) + minutes * 60_000).toISOString()

const asWas = ({ startedAt, endedAt, breaks }: WorkSpan): Omit<WorkCorrection, 'word'> => ({
  startedAt,
  endedAt,
  breaks: breaks.map(({ id, kind, startedAt: from, endedAt: to }) => ({ id, kind, startedAt: from, endedAt: to })),
})

const correct = (span: WorkSpan, wish: Partial<WorkCorrection>) =>
  vera().call(correctWorkTimes, {
    params: { sessionId: span.id },
    body: { ...asWas(span), word: 'As you told me', version: span.version, ...wish },
  })

const add = (name: StaffName, startedAt: string, endedAt: string | null, breaks: WorkCorrection['breaks'] = []) =>
  vera().call(addWorkTimes, {
    params: { staffId: desk.staff[name].id },
    body: { startedAt, endedAt, breaks, word: 'The panel was away' },
  })

/** Four hours with a break of 20 minutes in the middle. */
async function morning(name: StaffName): Promise<WorkSpan> {
  await work.in(name)
  await desk.travel('100 min')
  await work.pause(name)
  await desk.travel('20 min')
  await work.back(name)
  await desk.travel('120 min')
  await work.out(name)
  return onlySpan(name)
}

test('a supervisor corrects times with a word; what they were stays beside them', async () => {
  const span = await morning('nora')
  const endedAt = later(span.startedAt, 230)
  const after = await correct(span, { endedAt })
  expect(after).toMatchObject({ endedAt, version: span.version + 1, how: 'self' })
  expect(after.corrections).toEqual([
    {
      at: expect.any(String),
      by: 'Vera',
      word: 'As you told me',
      before: asWas(span),
      after: { ...asWas(span), endedAt },
    },
  ])
  expect(await onlySpan('nora')).toEqual(after)
  const [event] = (await desk.events('work.corrected')).slice(-1)
  expect(event).toMatchObject({ actorId: desk.staff.vera.id, payload: { sessionId: span.id } })
})

test('the word is sealed: nobody reads it in the database', async () => {
  const span = await morning('nora')
  await correct(span, { endedAt: later(span.startedAt, 200), word: 'Dentist appointment' })
  const rows = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.workCorrection.findMany({}), { reads: true })
  expect(rows).toHaveLength(1)
  expect(Buffer.from(rows[0]?.content ?? []).toString('latin1')).not.toContain('Dentist')
})

test('breaks are moved, added and taken out; those that stay keep what they were called and allowed', async () => {
  const span = await morning('nora')
  const [lunch] = asWas(span).breaks
  if (!lunch) throw new Error('There was a break')
  await desk.as('ada').call(writeBreakKinds, {
    body: { version: 0, items: [{ id: 'lunch', label: 'Midday', minutes: 45, retired: false }] },
  })
  const moved = { ...lunch, startedAt: later(lunch.startedAt, 5) }
  const added = { id: null, kind: 'lunch', startedAt: later(span.startedAt, 10), endedAt: later(span.startedAt, 15) }
  const after = await correct(span, { breaks: [moved, added] })
  expect(after.breaks.map(({ label, allowedMinutes, startedAt }) => [label, allowedMinutes, startedAt])).toEqual([
    ['Midday', 45, added.startedAt],
    ['Lunch', 30, moved.startedAt],
  ])
  expect((await correct(after, { breaks: [] })).breaks).toEqual([])
})

test('times that nobody logged are added, and marked so', async () => {
  const now = desk.clock.now().toISOString()
  const added = await add('sam', later(now, -120), later(now, -60))
  expect(added).toMatchObject({ how: 'supervisor', endedBy: 'Vera', corrections: [{ before: null }] })
  expect((await work.of('sam')).session).toBeNull()
  expect((await refusalOf(work.pause('sam'))).message).toBe('You are not logged in. Log in first.')
})

test('of two who correct the same at once one is told that it changed', async () => {
  const span = await morning('nora')
  const outcomes = await Promise.allSettled([
    correct(span, { endedAt: later(span.startedAt, 210) }),
    correct(span, { endedAt: later(span.startedAt, 220) }),
  ])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const refused = outcomes.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  expect(refused.reason).toMatchObject({ code: 'stale_version' })
  expect((await onlySpan('nora')).corrections).toHaveLength(1)
})

test('times never lie over other times: the refusal names them', async () => {
  const span = await morning('nora')
  await desk.travel('60 min')
  const now = desk.clock.now().toISOString()
  const refusal = await refusalOf(add('nora', later(now, -70), later(now, -10)))
  expect(refusal.code).toBe('invalid_request')
  expect(refusal.message).toMatch(/^This lies over other work: .* to .*\. Correct that one first/)
  await add('nora', span.endedAt ?? '', later(now, -10))
  expect((await refusalOf(correct(span, { endedAt: later(span.endedAt ?? '', 1) }))).message).toContain('lies over')
  expect(await dayOf('nora')).toHaveLength(2)
})

test('a break that somebody took since their times were opened is not lost: the correction is told to look again', async () => {
  await work.in('nora')
  await desk.travel('30 min')
  const opened = await onlySpan('nora')
  await work.pause('nora')
  expect((await refusalOf(correct(opened, { startedAt: later(opened.startedAt, -10) }))).code).toBe('stale_version')
  const onBreak = await onlySpan('nora')
  await desk.travel('20 min')
  await work.back('nora')
  expect((await refusalOf(correct(onBreak, { startedAt: later(opened.startedAt, -10) }))).code).toBe('stale_version')
  expect((await work.lastOf('nora')).breaks).toHaveLength(1)
  expect(await correct(await onlySpan('nora'), { startedAt: later(opened.startedAt, -10) })).toMatchObject({
    breaks: [{ kind: 'lunch' }],
  })
})

test('what goes on is corrected in its begin, but neither ended nor begun anew by that', async () => {
  await work.in('nora')
  await work.pause('nora')
  await desk.travel('30 min')
  const span = await onlySpan('nora')
  expect(await correct(span, { startedAt: later(span.startedAt, -10) })).toMatchObject({ endedAt: null })
  const open = await onlySpan('nora')
  expect((await work.of('nora')).session?.onBreak).toMatchObject({ kind: 'lunch' })
  expect((await refusalOf(correct(open, { endedAt: later(open.startedAt, 20), breaks: [] }))).message).toContain(
    'Log them out first',
  )
  expect((await refusalOf(correct(open, { breaks: [] }))).message).toContain('Their break goes on.')
  await work.out('nora')
  const over = await onlySpan('nora')
  expect((await refusalOf(correct(over, { endedAt: null, breaks: [] }))).message).toContain('This work is over.')
})

test('a correction without a word, in the future, or of somebody unknown is refused; agents correct nothing', async () => {
  const span = await morning('nora')
  expect((await refusalOf(correct(span, { word: ' ' }))).code).toBe('invalid_request')
  const tomorrow = later(desk.clock.now().toISOString(), 24 * 60)
  expect((await refusalOf(correct(span, { endedAt: tomorrow }))).message).toContain('not over yet')
  const unknown = vera().call(addWorkTimes, {
    params: { staffId: crypto.randomUUID() },
    body: { ...asWas(span), word: 'x' },
  })
  expect((await refusalOf(unknown)).code).toBe('not_found')
  const byNora = desk.as('nora').call(correctWorkTimes, {
    params: { sessionId: span.id },
    body: { ...asWas(span), word: 'x', version: span.version },
  })
  expect((await refusalOf(byNora)).code).toBe('forbidden')
  expect((await onlySpan('nora')).corrections).toEqual([])
})

test('another workspace neither sees nor corrects them', async () => {
  const span = await morning('nora')
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  const eve = { email: 'eve@rival.example', name: 'Eve', role: 'admin' as const }
  await inviteStaff(desk.ctx, workspaceId, eve, systemOf(workspaceId))
  const rival = desk.withToken(desk.tokenOf(eve.email, '999', 'rival.example'))
  const params = { staffId: desk.staff.nora.id }
  const calls = [
    rival.call(getWorkDay, { params, query: { day: today() } }),
    rival.call(addWorkTimes, { params, body: { ...asWas(span), word: 'x' } }),
    rival.call(endForSomebody, { params, body: { what: 'work', reason: 'other' } }),
    rival.call(correctWorkTimes, {
      params: { sessionId: span.id },
      body: { ...asWas(span), word: 'x', version: span.version },
    }),
  ]
  for (const call of calls) expect((await refusalOf(call)).code).toBe('not_found')
  expect((await rival.call(listAtWork)).items).toEqual([])
  expect(await onlySpan('nora')).toEqual(span)
})

test('a night is on both of its days', async () => {
  const minute = desk.clock.now().getUTCHours() * 60 + desk.clock.now().getUTCMinutes()
  await desk.travel(`${(22 * 60 + 1_440 - minute) % 1_440} min`)
  const evening = today()
  await work.in('nora')
  await desk.travel('5 h')
  await work.out('nora')
  expect(today()).not.toBe(evening)
  expect(await dayOf('nora', evening)).toEqual(await dayOf('nora'))
  expect(await dayOf('nora')).toHaveLength(1)
})
