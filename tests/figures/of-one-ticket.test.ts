import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { whatIsOf } from '../../backend/features/analytics/figures/of-ticket.ts'
import { ticketSharesOf } from '../../backend/features/analytics/figures/statements.ts'
import { readStory } from '../../backend/features/analytics/figures/story.ts'
import { METRICS } from '../../backend/features/analytics/metrics/index.ts'
import type { Row } from '../../backend/features/analytics/reading/engine.ts'
import type { Ask } from '../../backend/features/analytics/reading/readers.ts'
import type { OfTicket } from '../../backend/features/analytics/reading/views.ts'
import { startFigureDesk } from '../support/figure-desk.ts'
import type { HandTables } from '../support/hand-lake.ts'
import { randomWork, randomWorld } from '../support/random-weeks.ts'

let desk: Awaited<ReturnType<typeof startFigureDesk>>
let world: HandTables
beforeAll(async () => {
  desk = await startFigureDesk()
  world = {
    ...randomWorld({ seed: 41, from: '2026-10-05', tickets: 60 }),
    ...randomWork({ seed: 42, from: '2026-10-12' }),
  }
  await desk.lake.write(desk.workspaceId, world, desk.clock.now().toISOString(), 6)
})
afterAll(() => desk.stop())

const STAFF_ALONE = ['time-at-work', 'adherence', 'breaks', 'breaks-over']

async function sharesOf(ask: Ask, of: OfTicket, isNarrow: boolean): Promise<[string, Row[]][]> {
  const shares: [string, Row[]][] = []
  for (const metric of METRICS) {
    const { sql, values, within } = ticketSharesOf(metric, of, desk.clock.now().getTime())
    shares.push([metric.id, await ask(sql, values, isNarrow ? within : null)])
  }
  return shares
}

test('what a ticket adds to each figure, and its story, are the same of what is of the ticket as of all there is', async () => {
  const met = new Set<string>()
  for (const { id } of (world.ticket ?? []).filter((_, n) => n % 3 === 0))
    await desk.ctx.figures.read(desk.workspaceId, async (ask) => {
      const everything: Ask = (sql, values) => ask(sql, values)
      const of = await whatIsOf(ask, String(id))
      if (!of) throw new Error('A ticket of the lake is in it')
      const narrow = await sharesOf(ask, of, true)
      expect(narrow).toEqual(await sharesOf(ask, of, false))
      expect(await readStory(ask, of)).toEqual(await readStory(everything, of))
      for (const [metric, rows] of narrow) if (rows.length > 0) met.add(metric)
    })
  expect(METRICS.map(({ id }) => id).filter((id) => !met.has(id))).toEqual(STAFF_ALONE)
})

test('of a ticket that is in no figure yet nothing is told', async () => {
  const of = await desk.ctx.figures.read(desk.workspaceId, (ask) =>
    whatIsOf(ask, '019a0000-0000-7000-8000-000000000000'),
  )
  expect(of).toBeNull()
})
