import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { CHURN_WEIGHTS } from '../../backend/features/analytics/insight/churn-weights.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type ChurnRisk, explainChurnRisk, listChurnRisks } from '../../shared/insight.ts'
import { refusalOf } from '../support/caller.ts'
import { clockRow, idOf, messageRow, moveRow, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { pageReader } from '../support/page-reader.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
let vera: ReturnType<typeof pageReader>
let ada: string
let bob: string
beforeAll(async () => {
  desk = await startFigureDesk()
  vera = pageReader(desk, 'vera')
  ada = await customer('Ada Lamp')
  bob = await customer('Bob Chair')
})
afterAll(() => desk.stop())

const customer = (name: string, undeliverable: Date | null = null): Promise<string> =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const id = newId(tx.now)
    const email = `${name.split(' ')[0]?.toLowerCase()}@mail.example`
    await tx.customer.create({ data: { workspaceId: tx.workspaceId, id, name, email, createdAt: tx.now } })
    const address = { workspaceId: tx.workspaceId, emailKey: email, customerId: id, email, createdAt: tx.now }
    await tx.customerAddress.create({ data: { ...address, undeliverableAt: undeliverable } })
    return id
  })

const ago = (days: number): string =>
  new Date(desk.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ')

const list = (query: { cursor?: string; limit?: number } = {}) => desk.as('vera').call(listChurnRisks, { query })
const factsOf = ({ reasons }: ChurnRisk): [string, number, number][] =>
  reasons.map(({ fact, count, points }) => [fact, count, points])

/** Ada waited, was given money back and wrote again; Bob complained and fell silent. Carl has a score of nobody’s making. */
const write = () =>
  desk.write({
    ticket: [
      ticketRow(1, ago(60), { customer_id: ada, status: 'open' }),
      ticketRow(2, ago(40), { customer_id: ada }), // 20 days later
      ticketRow(3, ago(5), { customer_id: ada }), // 35 days later: no repeat
      ticketRow(4, ago(70), { customer_id: bob }),
      ticketRow(5, ago(300), { customer_id: bob }), // long ago
      ticketRow(6, ago(10), { customer_id: idOf(777) }),
      ticketRow(7, ago(9), { customer_id: idOf(777), void_reason: 'spam', spam: true }),
    ],
    clock: [
      clockRow(1, 'first', ago(60), { outcome: 'breached', told_at: ago(59) }),
      clockRow(2, 'first', ago(40), { outcome: 'breached', told_at: ago(39) }),
      clockRow(3, 'first', ago(5), { outcome: 'met', ended_at: ago(4) }),
      clockRow(5, 'first', ago(300), { outcome: 'breached', told_at: ago(299) }),
    ],
    move: [
      moveRow(4, ago(65), 'open', 'solved'),
      moveRow(4, ago(60), 'solved', 'open'),
      moveRow(6, ago(9), 'open', 'solved'),
    ],
    message: [
      messageRow(1, ago(60), 'in'),
      messageRow(3, ago(5), 'in'),
      messageRow(4, ago(60), 'in'),
      messageRow(4, ago(59), 'out'),
      messageRow(4, ago(3), 'in', { automatic: true }), // an absence note is no word of his
    ],
    step: [
      { id: 's1', action_id: 'a1', ticket_id: idOf(2), kind: 'refund', state: 'done', done_at: ago(38) },
      { id: 's2', action_id: 'a1', ticket_id: idOf(2), kind: 'reship', state: 'done', done_at: ago(38) },
      { id: 's3', action_id: 'a2', ticket_id: idOf(3), kind: 'refund', state: 'planned' },
    ],
    rating: [{ id: 'r1', ticket_id: idOf(4), at: ago(50), score: 2 }],
  })

test('a score is the sum of facts counted by hand, the highest first, with names', async () => {
  await write()
  const { items, weights, next } = await list()
  expect(items.map(({ customer: { name }, score }) => [name, score])).toEqual([
    ['Bob Chair', 9],
    ['Ada Lamp', 7],
  ])
  expect(factsOf(items[0] as ChurnRisk)).toEqual([
    ['rating', 1, 4],
    ['silence', 1, 3],
    ['reopened', 1, 2],
  ])
  expect(factsOf(items[1] as ChurnRisk)).toEqual([
    ['late', 2, 4],
    ['refund', 1, 2],
    ['again', 1, 1],
  ])
  expect(weights).toEqual(CHURN_WEIGHTS)
  expect(next).toBeNull()
})

test('each fact leads to its ticket', async () => {
  await write()
  const { facts, risk } = await desk.as('vera').call(explainChurnRisk, { params: { customerId: ada } })
  expect(risk.score).toBe(7)
  expect(facts.map(({ fact, ticket }) => [fact, ticket?.id])).toEqual([
    ['refund', idOf(2)],
    ['late', idOf(2)],
    ['again', idOf(2)],
    ['late', idOf(1)],
  ])
  await vera.open('/reports/churn')
  expect(vera.words()).toContain('Bob Chair 9 gave two stars or fewer (4 points)')
  await vera.follow('Ada Lamp')
  expect(vera.words()).toContain('7 points')
  expect(vera.page().text).toContain(`href="/desk/tickets/${idOf(2)}"`)
})

test('an address that takes no mail counts, although only the desk knows of it', async () => {
  await write()
  const carl = await customer('Carl Shelf', new Date(desk.clock.now().getTime() - 86_400_000))
  await customer('Dora Rug', new Date(desk.clock.now().getTime() - 200 * 86_400_000))
  const { items } = await list()
  expect(items.map(({ customer: { name }, score }) => [name, score])).toEqual([
    ['Bob Chair', 9],
    ['Ada Lamp', 7],
    ['Carl Shelf', 2],
  ])
  const { facts } = await desk.as('vera').call(explainChurnRisk, { params: { customerId: carl } })
  expect(facts.map(({ fact, ticket }) => [fact, ticket])).toEqual([['undelivered', null]])
})

test('the list goes on page by page, each customer once', async () => {
  await write()
  const seen: string[] = []
  let cursor: string | undefined
  for (let n = 0; n < 5; n++) {
    const page = await list({ limit: 1, ...(cursor && { cursor }) })
    seen.push(...page.items.map(({ customer }) => customer.name))
    if (!page.next) break
    cursor = page.next
  }
  expect(seen).toEqual(['Bob Chair', 'Ada Lamp', 'Carl Shelf'])
  expect(await refusalOf(list({ cursor: 'mine' }))).toMatchObject({ status: 400 })
})

test('of whom nothing is known there is no story, and agents see none', async () => {
  await write()
  const nobody = { params: { customerId: idOf(888) } }
  expect(await refusalOf(desk.as('vera').call(explainChurnRisk, nobody))).toMatchObject({ status: 404 })
  expect(await refusalOf(desk.as('nora').call(listChurnRisks, {}))).toMatchObject({ status: 403 })
  expect((await vera.open(`/reports/churn/${idOf(888)}`)).status).toBe(404)
})
