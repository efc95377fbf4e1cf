import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { dayWords } from '../../backend/features/analytics/reports/writing.ts'
import { createTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { type LakeOfDesk, lakeOf } from '../support/lake-desk.ts'
import { pageReader, wordsIn } from '../support/page-reader.ts'
import { slaDesk } from '../support/sla-desk.ts'

let desk: Desk
let lake: LakeOfDesk
let vera: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = await startDesk()
  lake = lakeOf(desk)
  vera = pageReader(desk, 'vera')
})
afterAll(async () => {
  await lake.stop()
  await desk.stop()
})

/** The dashboard in words, and the figure of new tickets on it. */
async function dashboard() {
  await vera.open('/dashboard')
  const [, card = ''] = vera.page().text.split('id="figure-new"')
  return { words: vera.words(), headline: wordsIn(/<p class="headline">([\s\S]*?)<\/p>/.exec(card)?.[1] ?? '') }
}

test('a desk with nothing but history that nobody chose to count has figures of nothing, which do not have to be waited for', async () => {
  await slaDesk(desk).mail({ historical: true, sentAt: new Date(desk.clock.now().getTime() - 90 * 86_400_000) })
  await lake.pull()
  const { words, headline } = await dashboard()
  expect(words).toContain('Everything that happened until then is in.')
  expect(headline).toMatch(/^0 /)
})

test('a desk without a ticket has figures of nothing; once it has tickets that the lake has not, the dashboard says so instead of 0', async () => {
  await lake.pull()
  const none = await dashboard()
  expect(none.words).toContain('Everything that happened until then is in.')
  expect(none.headline).toMatch(/^0 /)

  const sentAt = desk.clock.now().toISOString()
  const mail = { messageId: '<b1@ada.example>', subject: 'Jar', from: 'ada@ada.example', sentAt, text: 'Broken.' }
  await desk.as('nora').call(createTicket, { body: mail })
  const before = await dashboard()
  expect(before.words).toContain('No figures yet. Those of this workspace are made for the first time')
  expect(before.words).not.toContain('There is nothing in this period that fits')
  expect(before.words.split('Look again in a minute')).toHaveLength(2) // once, and not in every card
  expect(before.headline).toBe('')

  await lake.pull()
  const after = await dashboard()
  expect(after.words).toContain('Everything that happened until then is in.')
  expect(after.headline).toBe('1')
})

const DAY_MS = 86_400_000
const inWordsOf = (at: number) => dayWords(new Date(at).toISOString().slice(0, 10))

test('days before the first ticket are compared with nothing, and once all of them came after it they are', async () => {
  const now = desk.clock.now().getTime()
  const before = (at: number) => `${inWordsOf(at - 179 * DAY_MS)} to ${inWordsOf(at - 90 * DAY_MS)}`
  const young = await dashboard()
  expect(young.words).toContain(`not compared with ${before(now)}, because the first ticket is of ${inWordsOf(now)}`)
  expect(young.headline).toBe('1')

  await desk.travel('185 days')
  await lake.pull()
  const old = await dashboard()
  expect(old.words).toContain(`, compared with ${before(desk.clock.now().getTime())}`)
  expect(old.headline).toBe('0 as before (0)')
})
