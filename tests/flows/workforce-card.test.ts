import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { showQueue } from '../../shared/queues.ts'
import { addWorkTimes, getWorkCard } from '../../shared/workforce.ts'
import { assignmentAt } from '../support/assignment-desk.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { buttonOf, buttonsOf, callOf, panelOf, textOf } from '../support/panel-hands.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
  await assignmentAt(desk).mode('round_robin')
})
afterEach(() => work.empty())
afterAll(() => desk.stop())

const HOUR_MS = 3_600_000
const homeOf = (name: StaffName) => desk.as(name).call(showQueue, { params: { view: 'mine' } })
const labelsOf = (card: Awaited<ReturnType<typeof homeOf>>) => buttonsOf(card).map(({ label }) => label)

test('the homepage logs in by one press, and shows since when', async () => {
  const nora = panelOf(desk, 'nora')
  const home = await homeOf('nora')
  const after = await nora.press(home, 'Log in')
  expect(after.say).toBe('You are logged in')
  const since = (await work.of('nora')).session?.since
  expect(textOf(after)).toContain(`At work: since {{${since}}}`)
  expect(textOf(after)).toContain('You are available: 0 of 20 tickets.')
  expect((await nora.press(home, 'Log in')).say).toBe('You are logged in') // the same press, sent twice
  expect((await nora.press(await homeOfSomebodyElse(home), 'Log in')).say).toBe('You were logged in already')
})

/** The same homepage as another device has it: its presses have keys of their own. */
async function homeOfSomebodyElse(home: Awaited<ReturnType<typeof homeOf>>): Promise<typeof home> {
  const other = structuredClone(home)
  const press = callOf(buttonOf(other, 'Log in'))
  press.key = crypto.randomUUID()
  return other
}

test('breaks are taken on the card of work, and ended on the homepage, which shows them first', async () => {
  const nora = panelOf(desk, 'nora')
  await work.in('nora')
  const card = await nora.press(await homeOf('nora'), 'Take a break')
  expect(labelsOf(card)).toEqual([
    'Lunch (30 min)',
    'Short break (10 min)',
    'Training (60 min)',
    'Log out',
    'Hand over',
    'My times',
  ])
  const onBreak = await nora.press(card, 'Short break (10 min)')
  expect(onBreak.say).toBe('Short break: enjoy it')
  expect(labelsOf(onBreak)).toEqual(['I am back', 'Log out', 'Hand over', 'My times'])
  await desk.travel('14 min')
  const home = await homeOf('nora')
  expect(home.sections[0]?.title).toBe('Short break')
  expect(textOf(home)).toContain('4 min over 10 min')
  expect(textOf(home)).toContain('You are on a break: nobody gives you tickets until you are back.')
  const back = await nora.press(home, 'I am back')
  expect(back.say).toBe('Welcome back')
  expect(back.sections[0]?.title).not.toBe('Short break')
})

test('logging out on the card; whoever was logged out by somebody else reads by whom', async () => {
  const nora = panelOf(desk, 'nora')
  await work.in('nora')
  const out = await nora.press(await nora.press(await homeOf('nora'), 'Log out'), 'Log out')
  expect(out.say).toBe('You are logged out')
  expect(labelsOf(out)).toEqual(['Log in', 'My times'])
  await work.in('nora')
  await work.end('nora', 'work')
  const { endedAt } = await work.lastOf('nora')
  expect(textOf(await homeOf('nora'))).toContain(`Vera logged you out, {{${endedAt?.toISOString()}}}.`)
  await desk.travel('25 h')
  expect(textOf(await homeOf('nora'))).not.toContain('Vera logged you out')
})

test('times that a supervisor adds afterwards logged nobody out', async () => {
  const startedAt = new Date(desk.clock.now().getTime() - 3 * HOUR_MS).toISOString()
  const endedAt = new Date(desk.clock.now().getTime() - HOUR_MS).toISOString()
  const times = { startedAt, endedAt, breaks: [], word: 'Trained in the warehouse' }
  await desk.as('vera').call(addWorkTimes, { params: { staffId: desk.staff.nora.id }, body: times })
  expect(textOf(await homeOf('nora'))).not.toContain('logged you out')
})

test('whoever was never logged in finds the button below their tickets; who only looks on has none', async () => {
  const home = await homeOf('nora')
  expect(home.sections[0]?.widgets).not.toEqual([
    expect.objectContaining({ buttons: [expect.objectContaining({ label: 'Log in' })] }),
  ])
  expect(labelsOf(home)).toContain('Log in')
  expect(labelsOf(await homeOf('rhea'))).not.toContain('Log in')
  expect((await refusalOf(desk.as('rhea').call(getWorkCard))).code).toBe('forbidden')
})
