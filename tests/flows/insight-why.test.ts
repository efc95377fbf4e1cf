import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Correlated, type Finding, readCorrelations } from '../../shared/insight.ts'
import { idOf, messageRow, moveRow, startFigureDesk, ticketRow } from '../support/figure-desk.ts'
import { pageReader } from '../support/page-reader.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
beforeAll(async () => {
  desk = await startFigureDesk()
})
afterAll(() => desk.stop())

const ago = (days: number, minutes = 0): string =>
  new Date(desk.clock.now().getTime() - days * 86_400_000 + minutes * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ')

async function found(outcome: 'csat' | 'reopened'): Promise<Record<Correlated, Finding>> {
  const { outcomes } = await desk.as('vera').call(readCorrelations, {})
  const findings = outcomes.find((one) => one.outcome === outcome)?.findings ?? []
  return Object.fromEntries(findings.map((one) => [one.with, one])) as Record<Correlated, Finding>
}

const numbers = Array.from({ length: 60 }, (_, n) => n + 1)
/** The same numbers in no order. */
const shuffled = (n: number): number => (n * 37) % 61

test('without ratings there is not enough data, and nothing is claimed', async () => {
  await desk.write({ ticket: [ticketRow(1, ago(3))] })
  const findings = await found('csat')
  expect(findings.first_response).toMatchObject({
    pairs: 0,
    rho: null,
    believed: false,
    sentence: 'Not enough data: 0 ratings, and 30 are needed. Sidedesk does not ask customers for ratings.',
  })
})

test('twenty-nine ratings are noise, sixty tell that slow answers disappoint and that contacts do not matter', async () => {
  const rated = (count: number) => ({
    ticket: numbers.slice(0, count).map((n) =>
      ticketRow(n, ago(50), {
        first_open_seconds: n * 60,
        resolution_seconds: 3_600,
        mails_in: shuffled(n),
        repliers: n % 2 ? 1 : 2,
      }),
    ),
    rating: numbers.slice(0, count).map((n) => ({
      id: `r${n}`,
      ticket_id: idOf(n),
      at: ago(20),
      score: 5 - Math.floor((n - 1) / 12),
      staff_id: 'nora',
    })),
    staff: [{ id: 'nora', role: 'agent', since: '2025-01-01', active: true }],
  })
  await desk.write(rated(29))
  expect((await found('csat')).first_response.sentence).toBe('Not enough data: 29 ratings, and 30 are needed.')
  await desk.write(rated(60))
  const findings = await found('csat')
  expect(findings.first_response).toMatchObject({ pairs: 60, believed: true })
  expect(findings.first_response.rho).toBeLessThan(-0.95)
  expect(findings.first_response.sentence).toMatch(
    /^The longer the first answer takes, clearly the worse the rating \(rank correlation −0\.\d\d, p below 0\.001, 60 ratings\)\.$/,
  )
  expect(findings.contacts).toMatchObject({ believed: false })
  expect(findings.contacts.sentence).toMatch(
    /^Mails of the customer: nothing beyond chance in 60 ratings \(p 0\.\d+\)\.$/,
  )
  expect(findings.resolution.sentence).toBe('Not enough data: all 60 ratings are the same in this.')
})

test('tickets that were opened again are told by what was known at their first solution', async () => {
  await desk.write({
    ticket: numbers.map((n) => ticketRow(n, ago(50), { first_open_seconds: shuffled(n) })),
    message: numbers.flatMap((n) => [
      messageRow(n, ago(50), 'in'),
      messageRow(n, ago(50, 5), 'out', { staff_id: 'nora' }),
      // of the second half somebody else answers, too
      ...(n > 30 ? [messageRow(n, ago(50, 6), 'out', { staff_id: 'sam' })] : []),
      messageRow(n, ago(30), 'in'), // after the solution: not known at that moment
    ]),
    move: numbers.flatMap((n) => [
      moveRow(n, ago(40), 'open', 'solved', { by_id: 'nora' }),
      ...(n > 30
        ? [moveRow(n, ago(30), 'solved', 'open'), moveRow(n, ago(29), 'open', 'solved', { by_id: 'nora' })]
        : []),
    ]),
    staff: [{ id: 'nora', role: 'agent', since: '2025-01-01', active: true }],
  })
  const findings = await found('reopened')
  expect(findings.same_agent).toMatchObject({ pairs: 60, believed: true })
  expect(findings.same_agent.rho).toBeCloseTo(-1, 5)
  expect(findings.same_agent.sentence).toMatch(
    /^When one agent gives all answers, clearly the more seldom it is opened again \(rank correlation −1\.00, p below 0\.001, 60 solved tickets\)\.$/,
  )
  expect(findings.contacts.sentence).toBe('Not enough data: all 60 solved tickets are the same in this.')
  const vera = pageReader(desk, 'vera')
  await vera.open('/reports/why')
  expect(vera.words()).toContain(findings.same_agent.sentence)
  expect(vera.words()).toContain('need not be cause and effect')
})
