import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { tick } from '../../backend/features/sla/watching/ticking.ts'
import { Prisma } from '../../backend/generated/prisma/client.ts'
import { workspacesWhere } from '../../backend/platform/among.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { schedule } from '../../backend/schedule.ts'
import { writeAssignmentSettings } from '../../shared/assignment.ts'
import { claimTicket } from '../../shared/claims.ts'
import { startDesk } from '../support/desk.ts'
import { type SlaDesk, slaDesk } from '../support/sla-desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: SlaDesk
beforeAll(async () => {
  desk = slaDesk(await startDesk())
})
afterAll(() => desk.stop())

/** Which workspaces a job of the schedule would be planned for now. */
const planned = async (name: string): Promise<string[]> => {
  const recurring = schedule.find(({ job }) => job.name === name)
  if (!recurring?.among) throw new Error(`${name} is planned for every workspace`)
  return recurring.among(desk.ctx)
}

const OF_MAILBOXES = ['intake:poll', 'intake:retry-quarantined']

test('what recurs is planned for no workspace that has nothing for it', async () => {
  const asking = schedule.filter(({ job, among }) => among && !OF_MAILBOXES.includes(job.name))
  expect(asking.length).toBeGreaterThan(5)
  for (const { job } of asking) expect([job.name, await planned(job.name)]).toEqual([job.name, []])
})

test('mailboxes are polled where there is one', async () => {
  for (const name of OF_MAILBOXES) expect(await planned(name)).toEqual([desk.workspaceId])
})

test('clocks are looked at from the minute in which one warns, and not again until the next does', async () => {
  const { id } = await desk.mail()
  await tick(desk.ctx, desk.workspaceId)
  expect(await planned('sla:tick')).toEqual([])
  const [clock] = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.$queryRaw<{ at: Date }[]>`
    select min(check_at) as at from desk.sla_clock where workspace_id = ${tx.workspaceId}::uuid and ticket_id = ${id}::uuid`,
  )
  const minutes = Math.ceil(((clock?.at.getTime() ?? 0) - desk.clock.now().getTime()) / 60_000)
  await desk.travel(`${minutes - 1} min`)
  expect(await planned('sla:tick')).toEqual([])
  await desk.travel('1 min')
  expect(await planned('sla:tick')).toEqual([desk.workspaceId])
  await tick(desk.ctx, desk.workspaceId)
  expect(await planned('sla:tick')).toEqual([])
})

test('a workspace whose open tickets have no clocks yet is looked at as well', async () => {
  await desk.mail({ from: 'eve@eve.example' })
  const clocks = () =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.slaClock.deleteMany({ where: { workspaceId: tx.workspaceId } }))
  await clocks()
  expect(await planned('sla:tick')).toEqual([desk.workspaceId])
})

test('tickets are given, and work is closed, where somebody gives or is at work', async () => {
  await workAt(desk).in('nora')
  expect(await planned('workforce:close-forgotten')).toEqual([desk.workspaceId])
  await desk.as('ada').call(writeAssignmentSettings, { body: { mode: 'round_robin', capacity: 20, sameAgent: true } })
  expect(await planned('assignment:give')).toEqual([desk.workspaceId])
})

test('a claim is ended once it has run out', async () => {
  const { id } = await desk.mail({ from: 'kim@kim.example' })
  await desk.as('nora').call(claimTicket, { params: { ticketId: id }, body: {} })
  expect(await planned('claims:end-run-out')).toEqual([])
  await desk.travel('5 h')
  expect(await planned('claims:end-run-out')).toEqual([desk.workspaceId])
})

test('a question sees one workspace at a time, and leaves none behind', async () => {
  const seen = workspacesWhere(
    (workspaceId) =>
      Prisma.sql`(select count(distinct t.workspace_id) = 1 and bool_and(t.workspace_id = ${workspaceId}) from desk.ticket t)`,
  )
  expect(await seen(desk.ctx)).toEqual([desk.workspaceId])
  const [left] = await desk.ctx.db.$queryRaw<
    { set: string | null }[]
  >`select current_setting('app.workspace_id', true) as set`
  expect(left?.set || null).toBeNull()
})

test('a question with values of its own is refused', () => {
  expect(() => workspacesWhere(() => Prisma.sql`${1} = 1`)).toThrow('has values of its own')
})
