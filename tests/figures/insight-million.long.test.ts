import { expect, test } from '@jest/globals'
import { listChurnRisks, readCorrelations } from '../../shared/insight.ts'
import { makeLake } from '../load/lake/made-lake.ts'
import { startDesk } from '../support/desk.ts'

test('customers who may leave, and what goes together, are told of a million tickets in the memory of a report', async () => {
  const desk = await startDesk()
  try {
    const staff = Object.values(desk.staff).map(({ id }) => id)
    const { dir } = desk.ctx.config.lake
    await makeLake({ dir, workspaceId: desk.workspaceId, staff, tickets: 1_000_000, openShare: 0.02, years: 3 })
    const { items, next } = await desk.as('vera').call(listChurnRisks, { query: { limit: 50 } })
    expect(items).toHaveLength(50)
    const { items: further } = await desk.as('vera').call(listChurnRisks, { query: { limit: 50, cursor: next ?? '' } })
    const all = [...items, ...further].map(({ customer }) => customer.id)
    expect(new Set(all).size).toBe(100)
    const { outcomes } = await desk.as('vera').call(readCorrelations, {})
    const contacts = outcomes.map(({ findings }) => findings.find((one) => one.with === 'contacts')?.pairs ?? 0)
    expect(contacts.map((pairs) => pairs > 10_000)).toEqual([true, true])
  } finally {
    await desk.stop()
  }
})
