import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createSavedView, SavedViewInput } from '../../shared/queues.ts'
import { assignTicket, getTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: SlaDesk & Desk
let nora: ReturnType<typeof pageReader>
beforeAll(async () => {
  desk = slaDesk(await startDesk())
  nora = pageReader(desk, 'nora')
})
afterAll(() => desk.stop())

const numberOf = async (ticketId: string) => (await desk.as('vera').call(getTicket, { params: { ticketId } })).number

async function given(to: 'nora' | 'sam') {
  const { id } = await desk.mail()
  const { version } = await desk.as('vera').call(getTicket, { params: { ticketId: id } })
  await desk
    .as('vera')
    .call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff[to].id, version } })
  return id
}

test('the first page says how one stands, counts the views, and lists what is one’s own', async () => {
  const mine = await given('nora')
  const theirs = await given('sam')
  await nora.open('/desk')
  const words = nora.words()
  expect(words).toContain('You are not logged in.')
  expect(words).toMatch(/Mine \(\d+\).*Unassigned \(\d+\).*Due next \(\d+\).*All open \(\d+\)/)
  expect(words).toContain(await numberOf(mine))
  expect(words).not.toContain(await numberOf(theirs))
  await nora.press('Log in')
  expect(nora.words()).toContain('You are logged in.')
  expect(nora.page().path).toContain('/desk?said=log_in')
  await workAt(desk).out('nora')
})

test('take next gives the ticket that is due first, and says when nothing waits', async () => {
  const { id } = await desk.mail()
  await nora.open('/desk')
  const taken = await nora.press('Take next')
  expect(taken.path).toMatch(/^\/desk\/tickets\/[0-9a-f-]{36}\?said=/)
  expect(taken.path).toContain(id)
  expect(taken.text).toContain('It is yours')
  await nora.open('/desk')
  await nora.press('Take next')
  expect(nora.page().path).toContain('/desk?said=')
  expect(nora.words()).toContain('No ticket waits for somebody to take it')
})

test('a view of the whole team is changed by who leads it, and offered to nobody else', async () => {
  const input = SavedViewInput.parse({ name: 'Glass', scope: 'workspace', filter: { tags: ['glass'] } })
  const { id } = await desk.as('vera').call(createSavedView, { body: input })
  await nora.open(`/desk/queues/saved?of=${id}`)
  expect(nora.words()).toContain('Glass')
  expect(nora.words()).not.toContain('Change this view')
  const vera = pageReader(desk, 'vera')
  await vera.open(`/desk/queues/saved?of=${id}`)
  await vera.follow('Change this view')
  expect(vera.field('name')).toBe('Glass')
})

test('a list goes on page by page, each ticket once', async () => {
  const ids: string[] = []
  for (let more = 0; more < 25; more++) ids.push((await desk.mail()).id)
  await nora.open('/desk/queues/unassigned')
  const first = idsOn(nora.page().text)
  expect(first).toHaveLength(20)
  await nora.follow('More')
  const all = [...first, ...idsOn(nora.page().text)]
  expect(new Set(all).size).toBe(all.length)
  for (const id of ids) expect(all).toContain(id)
})

const idsOn = (text: string) => [...text.matchAll(/href="\/desk\/tickets\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id)

test('a view that is not there, or is not said, is told in words', async () => {
  expect((await nora.open('/desk/queues/none')).status).toBe(400)
  expect((await nora.open('/desk/queues/tag')).text).toContain('Say which tag you want to see.')
  expect((await nora.open('/desk/queues/open?cursor=forged')).text).toContain('This cursor belongs to another list.')
})

test('the search finds by words, keeps what was asked, and says what it cannot search for', async () => {
  await desk.mail({ text: 'A marmalade of quinces.' })
  await desk.settle()
  await nora.open('/desk/search?q=quinces')
  expect(nora.words()).toContain('A marmalade of quinces .')
  expect(nora.field('q')).toBe('quinces')
  await nora.open(`/desk/search?${new URLSearchParams({ q: '-refund' })}`)
  expect(nora.words()).toContain('Leaving words out needs a word that is there')
  expect(nora.field('q')).toBe('-refund')
  expect((await nora.open('/desk/search')).status).toBe(200)
})

test('somebody of finance looks at lists and has no work to log in to', async () => {
  const frank = pageReader(desk, 'frank')
  expect((await frank.open('/desk')).status).toBe(200)
  expect(frank.words()).not.toContain('Log in')
  expect(frank.words()).not.toContain('Take next')
})
