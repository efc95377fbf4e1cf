import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { getBreakKinds, getWorkSettings, writeBreakKinds } from '../../shared/workforce.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
const people = {} as Record<'nora' | 'vera' | 'ada', ReturnType<typeof visitor>>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
  for (const name of ['nora', 'vera', 'ada'] as const) people[name] = visitor(desk, name)
})
afterEach(() => work.empty())
afterAll(() => desk.stop())

const press = (what: string, from = '/desk/work') =>
  people.nora.send('/desk/work/press', { press: what, from }, '/desk/work')

/** What the fields of a page hold, by their names. */
const heldBy = (text: string, name: string): string | null =>
  new RegExp(`name="${name.replaceAll('.', '\\.')}"[^>]*? value="([^"]*)"`).exec(text)?.[1] ?? null

test('a day by the desk page: log in, break, back, log out, without a script', async () => {
  expect((await people.nora.open('/desk/work')).text).toContain('You are not logged in.')
  const begun = await press('log_in')
  expect(begun).toMatchObject({ status: 200, path: '/desk/work?said=log_in' })
  expect(begun.text).toContain('You are logged in.')
  expect((await press('log_in')).text).toContain('You were logged in already, perhaps on another device.')
  const lunch = await press('break=lunch')
  expect(lunch.text).toContain('<strong>Lunch</strong>')
  expect(lunch.text).toContain('0 of 30 min')
  await desk.travel('33 min')
  expect((await people.nora.open('/desk/work')).text).toContain('3 min over 30 min')
  expect((await press('back')).text).toContain('Welcome back.')
  const out = await press('log_out')
  expect(out.text).toContain('You are logged out.')
  expect(out.text).toContain('33 min of 30 min')
})

test('a refused press is told on the page, and leads nowhere else', async () => {
  const refused = await press('break=lunch')
  expect(refused.status).toBe(409)
  expect(refused.text).toContain('Log in first.')
  expect((await press('dance')).text).toContain('Press one of the buttons.')
  expect((await press('log_in', 'https://elsewhere.example/desk')).path).toBe('/desk/work?said=log_in')
  expect((await press('log_out', '//elsewhere.example')).path).toBe('/desk/work?said=log_out')
})

const dayPath = (name: 'nora' | 'sam' = 'nora') => `/desk/team/${desk.staff[name].id}`

test('a supervisor corrects times on a person’s day; who they belong to reads the word', async () => {
  await work.in('nora')
  await desk.travel('60 min')
  await work.pause('nora', 'short')
  await desk.travel('5 min')
  await work.out('nora')
  const { id, startedAt } = await work.lastOf('nora')
  const { text } = await people.vera.open(dayPath())
  const fields = Object.fromEntries(
    ['day', 'version', 'start', 'end', 'break.0.id', 'break.0.start', 'break.0.end'].map((name) => [
      name,
      heldBy(text, name) ?? '',
    ]),
  )
  const saved = await people.vera.send(
    `${dayPath()}/sessions/${id}`,
    {
      ...fields,
      'break.0.kind': 'short',
      end: fields['break.0.start'] ?? '',
      'break.0.start': '',
      'break.0.end': '',
      word: 'No break <b>at all</b>',
    },
    dayPath(),
  )
  expect(saved.status).toBe(200)
  expect(saved.text).toContain('Saved.')
  const after = await work.lastOf('nora')
  expect(after.startedAt).toEqual(startedAt)
  expect(after.breaks).toEqual([])
  const own = (await people.nora.open('/desk/work')).text
  expect(own).toContain('Corrected by Vera')
  expect(own).toContain('No break &lt;b>at all&lt;/b>')
})

test('a refused correction keeps all that was typed', async () => {
  await work.in('nora')
  await desk.travel('60 min')
  await work.out('nora')
  const { id } = await work.lastOf('nora')
  const { text } = await people.vera.open(dayPath())
  const refused = await people.vera.send(
    `${dayPath()}/sessions/${id}`,
    {
      day: heldBy(text, 'day') ?? '',
      version: heldBy(text, 'version') ?? '',
      start: '2026-01-01T09:00',
      end: '',
      word: 'Why so',
    },
    dayPath(),
  )
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('This work is over. Write when it ended.')
  expect(heldBy(refused.text, 'start')).toBe('2026-01-01T09:00')
  expect(refused.text).toContain('Why so')
})

test('a correction of times that changed meanwhile is refused until they are looked at again, however often it is sent', async () => {
  await work.in('nora')
  await desk.travel('30 min')
  const { id } = await work.lastOf('nora')
  const { text } = await people.vera.open(dayPath())
  const typed = Object.fromEntries(['day', 'version', 'start'].map((name) => [name, heldBy(text, name) ?? '']))
  await work.pause('nora')
  await desk.travel('20 min')
  await work.back('nora')
  const send = (version: string) =>
    people.vera.send(
      `${dayPath()}/sessions/${id}`,
      { ...typed, version, start: `${typed['day']}T06:00`, end: '', word: 'Came earlier' },
      dayPath(),
    )
  const refused = await send(typed['version'] ?? '')
  expect(refused.text).toContain('These times changed since you opened them.')
  const again = await send(heldBy(refused.text, 'version') ?? '')
  expect(again.text).toContain('These times changed since you opened them.')
  expect((await work.lastOf('nora')).breaks).toHaveLength(1)
})

test('a supervisor adds times, and logs somebody out with a reason', async () => {
  const { text } = await people.vera.open(dayPath('sam'))
  const day = heldBy(text, 'day') ?? ''
  const added = await people.vera.send(
    `${dayPath('sam')}/sessions`,
    {
      day,
      start: `${day}T06:00`,
      end: `${day}T07:30`,
      'break.0.kind': 'short',
      'break.0.start': `${day}T06:30`,
      'break.0.end': `${day}T06:40`,
      word: 'Was on the phone',
    },
    dayPath('sam'),
  )
  expect(added.text).toContain('1 h 30 min')
  expect(added.text).toContain('Added by Vera')
  await work.in('sam')
  expect((await people.vera.open(dayPath('sam'))).text).toContain('Log Sam out')
  const out = await people.vera.send(`${dayPath('sam')}/ending`, { day, what: 'work', reason: 'ill' }, dayPath('sam'))
  expect(out.text).toContain('ended by Vera (is ill)')
  expect((await work.of('sam')).session).toBeNull()
})

test('agents open nobody’s day, not even their own by that page', async () => {
  expect((await people.nora.open(dayPath())).status).toBe(403)
})

const PATH = '/settings/breaks'
const KINDS = {
  version: '0',
  'label.lunch': 'Lunch',
  'minutes.lunch': '45',
  'label.short': 'Short break',
  'minutes.short': '10',
  'label.training': 'Training',
  'minutes.training': '60',
  'retired.training': 'on',
  'label.new': 'Prayer',
  'minutes.new': '15',
}
const kinds = async () => (await desk.as('ada').call(getBreakKinds)).items

test('an admin edits the breaks; a retired one is not offered, and none is ever deleted', async () => {
  expect((await people.ada.open('/settings')).text).toContain(`href="${PATH}"`)
  const saved = await people.ada.send(PATH, KINDS)
  expect(saved).toMatchObject({ status: 200, path: `${PATH}?saved=1` })
  expect((await kinds()).map(({ label, minutes, retired }) => [label, minutes, retired])).toEqual([
    ['Lunch', 45, false],
    ['Short break', 10, false],
    ['Training', 60, true],
    ['Prayer', 15, false],
  ])
  const { kinds: offered } = await work.of('nora')
  expect(offered.map(({ label }) => label)).toEqual(['Lunch', 'Short break', 'Prayer'])
  const [lunch] = await kinds()
  await desk.as('ada').call(writeBreakKinds, { body: { version: 1, items: lunch ? [lunch] : [] } })
  expect((await kinds()).filter(({ retired }) => retired)).toHaveLength(3)
  const changes = (await people.ada.open('/settings/changes')).text
  expect(changes).toContain('Breaks')
  expect(changes).toContain('Prayer')
})

test.each([
  [{ 'minutes.lunch': '0' }, 'A break has one minute at least.'],
  [{ 'minutes.lunch': '10.5' }, 'Minutes of a break are a whole number'],
  [{ 'label.lunch': '' }, 'Write what the break is called.'],
  [{ 'label.new': 'short BREAK' }, 'Two breaks are called'],
  [{ version: '7' }, 'Somebody changed the breaks since you opened them.'],
])('breaks with %j are refused, and what was typed stays', async (fields, words) => {
  const refused = await people.ada.send(PATH, { ...KINDS, ...fields })
  expect(refused.text).toContain(words)
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(heldBy(refused.text, 'minutes.short')).toBe('10')
  expect((await kinds()).map(({ minutes }) => minutes)).toEqual([30, 10, 60])
})

test('one break at least stays in use', async () => {
  const none = desk.as('ada').call(writeBreakKinds, { body: { version: 0, items: [] } })
  expect((await refusalOf(none)).message).toBe('One break at least must stay in use.')
})

test('an admin says when a forgotten log-out is closed, and whether tickets need a log-in; supervisors look on', async () => {
  const sent = (fields: Record<string, string>) => people.ada.send(`${PATH}/log-out`, fields, PATH)
  expect((await sent({ graceMinutes: '15', longestHours: '10', required: 'on' })).text).toContain('Saved')
  expect(await desk.as('ada').call(getWorkSettings)).toEqual({ graceMinutes: 15, longestMinutes: 600, required: true })
  const refused = await sent({ graceMinutes: '15', longestHours: '25' })
  expect(refused.text).toContain('Hours without a shift: write a whole number, 1 to 24.')
  expect((await people.vera.open(PATH)).text).toContain('An admin changes this.')
  expect((await people.vera.send(`${PATH}/log-out`, { graceMinutes: '1', longestHours: '1' }, PATH)).status).toBe(403)
})
