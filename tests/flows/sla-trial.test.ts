import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { goOnTrying } from '../../backend/features/sla/trying/trials.ts'
import { getSlaRules, getSlaTrial, trySlaRules } from '../../shared/sla.ts'
import { getTicket, voidTicket } from '../../shared/tickets.ts'
import { startDesk } from '../support/desk.ts'
import { pageReader, wordsIn } from '../support/page-reader.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: SlaDesk
let vera: ReturnType<typeof visitor>
beforeAll(async () => {
  desk = slaDesk(await startDesk())
  vera = visitor(desk, 'vera')
})
afterAll(() => desk.stop())

const POLICY = '/settings/sla/policies/default'
/** What the page's form holds, with other fields in place of its own. */
async function tried(fields: Record<string, string>) {
  const { text } = await vera.open(POLICY)
  const typed = Object.fromEntries(
    [...text.matchAll(/<input(?: type="hidden")? name="([\w.]+)"[^>]*?value(?:="([^"]*)")?/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
  const chosen = Object.fromEntries(
    [...text.matchAll(/<select name="(\w+)">.*?<option value="([^"]*)" selected/gs)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )
  return vera.send(`${POLICY}/trial`, { ...typed, ...chosen, ...fields })
}

/** The table of a target: promised, late today, late as tried. */
const lineOf = (text: string, target: string) =>
  new RegExp(
    `<th scope="row">${target}</th><td class="number">(\\d+)</td><td class="number">(\\d+)</td><td class="number">(\\d+)</td>`,
  )
    .exec(text)
    ?.slice(1)
    .map(Number)

test('a policy is tried on the past before it is saved, and says what would have been late, whose, and which tickets', async () => {
  // Answered after 3, 6 and 30 hours; promised within 24.
  for (const hours of [3, 6, 30]) {
    const ticket = await desk.mail()
    await desk.travel(`${hours} h`)
    await desk.answer(ticket)
  }
  const open = await desk.mail() // nobody has answered it yet
  await desk.travel('5 h')
  await desk.settle()
  const before = await desk.as('ada').call(getSlaRules)

  const asked = await tried({ 'normal.first': '4 h' })
  expect(asked.path).toMatch(/^\/settings\/sla\/trials\//)
  await desk.settle()
  const { text } = await vera.open(asked.path)

  expect(text).toContain('All tickets of the last 90 days are counted: 4.')
  // By 24 hours only the answer after 30 was late; by 4 those after 6 and 30, and the one that is still owed after 5.
  expect(lineOf(text, 'First answer')).toEqual([4, 1, 3])
  // 6 h beyond 24; then 2 + 26 + 1 h beyond 4.
  expect(text).toContain('Customers waited 6 h beyond what is promised today, and 29 h beyond what would be.')
  expect(text).toMatch(/<th scope="row">Nobody’s<\/th><td class="number">2<\/td><td class="number">0<\/td>/)
  expect(text).toContain(`/desk/tickets/${open.id}`)
  expect(await desk.as('ada').call(getSlaRules)).toEqual(before)
})

test('what would be in time is told as well, and tickets that were spam are not counted', async () => {
  const spam = { params: { ticketId: (await desk.mail()).id } }
  const { version } = await desk.as('nora').call(getTicket, spam)
  await desk.as('nora').call(voidTicket, { ...spam, body: { reason: 'spam', version } })
  const asked = await tried({ 'normal.first': '2 d' })
  await desk.settle()
  const { text } = await vera.open(asked.path)
  expect(lineOf(text, 'First answer')).toEqual([4, 1, 0])
  expect(text).toMatch(/<td class="number">0<\/td><td class="number">1<\/td>/)
})

test('what could not be saved is not tried either, and the form keeps what was typed', async () => {
  const refused = await tried({ unit: 'business_minutes', name: 'Office' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('there are none. Say first when you are open')
  expect(refused.text).toContain('value="Office"')
})

test('tickets older than 90 days are left out, and a trial counts once however often its job runs', async () => {
  await desk.travel(`${89 * 24} h`)
  const asked = await tried({ 'normal.first': '4 h' })
  const id = asked.path.split('/').at(-1) ?? ''
  await desk.settle()
  const { text } = await vera.open(asked.path)
  await goOnTrying(desk.ctx, desk.workspaceId, id)
  expect((await vera.open(asked.path)).text).toBe(text)
  expect(text).toMatch(/are counted: [12]\./)
})

test('a trial says what was tried, and leads back to the policy as it was tried, where it is saved', async () => {
  const asked = await tried({ 'normal.first': '4 h', 'low.next': '' })
  await desk.settle()
  const { text } = await vera.open(asked.path)
  const words = wordsIn(text)
  expect(words).toContain('Normal, first answer: 4 h instead of 24 h')
  expect(words).toContain('Low, next answer: no target instead of 2 days')
  expect(words).not.toContain('Normal, next answer')
  const [, link = ''] = /href="([^"]+)"[^>]*>Open it as it was tried/.exec(text) ?? []
  expect(link).toBe(`${POLICY}?tried=${asked.path.split('/').at(-1)}`)

  const screen = pageReader(desk, 'vera')
  await screen.open(link)
  expect(screen.words()).toContain('This is the policy as it was tried. It counts once you save it.')
  expect([screen.field('normal.first'), screen.field('low.next'), screen.field('urgent.first')]).toEqual([
    '4 h',
    '',
    '1 h',
  ])
  await screen.press('Save')
  expect(screen.page().path).toBe('/settings/sla?saved=1')
  const { policies } = await desk.as('ada').call(getSlaRules)
  expect(policies[0]?.targets).toMatchObject({ normal: { first: 240 }, low: { next: null } })
  expect(wordsIn((await vera.open(asked.path)).text)).toContain('All is by now as it was tried.')
})

test('a new policy that was tried opens as it was tried, and hours that a program tried are said', async () => {
  const screen = pageReader(desk, 'vera')
  await screen.open('/settings/sla/policies/new')
  await screen.press('Try on the past', { name: 'Refunds', 'normal.first': '2 h' })
  expect(screen.words()).toContain('Refunds , a policy that is not there today')
  expect(screen.words()).toContain('Normal, first answer: 2 h')
  await screen.follow('Open it as it was tried')
  expect([screen.field('name'), screen.field('normal.first')]).toEqual(['Refunds', '2 h'])

  const { version: _, ...rules } = await desk.as('vera').call(getSlaRules)
  const plus = { orders: 3, spent: null, tag: null }
  const body = { name: 'Plus', rules: { ...rules, tiers: { ...rules.tiers, plus } } }
  const { id } = await desk.as('vera').call(trySlaRules, { body })
  await screen.open(`/settings/sla/trials/${id}`)
  expect(screen.words()).toContain(
    'Other business hours, or others who are plus or VIP customers, than those of today.',
  )
})

test('a trial that there is not opens nothing as it was tried', async () => {
  for (const id of ['01890000-0000-7000-8000-000000000001', 'nonsense']) {
    expect([id, (await vera.open(`${POLICY}?tried=${id}`)).status]).toEqual([id, 404])
    expect([id, (await vera.open(`/settings/sla/trials/${id}`)).status]).toEqual([id, 404])
  }
})

test('the same is asked and told over the API', async () => {
  const { version: _, ...rules } = await desk.as('vera').call(getSlaRules)
  const { id } = await desk.as('vera').call(trySlaRules, { body: { name: 'As it is', rules } })
  await desk.settle()
  const trial = await desk.as('vera').call(getSlaTrial, { params: { slaTrialId: id } })
  expect(trial).toMatchObject({ name: 'As it is', people: [], changed: [] })
  expect(trial.endedAt).not.toBeNull()
  expect(trial.targets.first.wasLate).toBe(trial.targets.first.willBeLate)
})

test('only leads try, and a trial of another workspace is not there', async () => {
  expect((await visitor(desk, 'nora').open('/settings/sla/trials/01890000-0000-7000-8000-000000000001')).status).toBe(
    403,
  )
  expect((await vera.open('/settings/sla/trials/01890000-0000-7000-8000-000000000001')).status).toBe(404)
})
