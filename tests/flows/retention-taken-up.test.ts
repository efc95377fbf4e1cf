import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { retentionJobs } from '../../backend/features/retention/index.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { eraseCustomer, exportCustomer, getCustomerExport, getForgettingRun } from '../../shared/retention.ts'
import { mailAt } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'

const ADDRESS = 'oskar@home.example'

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.stop())

/** An erasure whose job has failed as often as it may. @returns its id */
async function givenUp(): Promise<{ runId: string; ask: () => Promise<{ id: string }> }> {
  const { customer } = await mailAt(desk).cardOfNew({ from: ADDRESS, subject: 'Jars', text: 'Broken.' })
  const body = { reason: 'customer_asked', confirmation: ADDRESS } as const
  const ask = () => desk.as('ada').call(eraseCustomer, { params: { customerId: customer.id }, body })
  const { id: runId } = await ask()
  await giveUp('retention:forget')
  await desk.settle()
  expect(await stateOf(runId)).toBe('running')
  return { runId, ask }
}

async function giveUp(job: string): Promise<void> {
  const owner = await ownerOf(desk.database)
  const given = await owner.query(
    `update graphile_worker._private_jobs set attempts = max_attempts
     where task_id = (select id from graphile_worker._private_tasks where identifier = $1)`,
    [job],
  )
  await owner.end()
  expect(given.rowCount).toBe(1)
}

/** What the schedule does. */
async function due(name: string): Promise<void> {
  const work = retentionJobs.find((one) => one.name === name) as Job<object, never>
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, work, {}))
  await desk.settle()
}

const stateOf = async (runId: string) => (await desk.as('ada').call(getForgettingRun, { params: { runId } })).state

test('an erasure whose job was given up goes on in the next night, also where nobody has set a rule', async () => {
  const { runId } = await givenUp()
  await due('retention:sweep')
  expect(await stateOf(runId)).toBe('done')
})

test('whoever asks for it again has it gone on with, and it is the same one', async () => {
  const { runId, ask } = await givenUp()
  expect((await ask()).id).toBe(runId)
  await desk.settle()
  expect(await stateOf(runId)).toBe('done')
  expect(await desk.events('forgetting.started')).toHaveLength(1)
})

test('an export that nobody makes any more says after a day that it failed, and can be asked for anew', async () => {
  const { customer } = await mailAt(desk).cardOfNew({ from: ADDRESS, subject: 'Jars', text: 'Broken.' })
  const ask = () => desk.as('ada').call(exportCustomer, { params: { customerId: customer.id } })
  const { id: exportId } = await ask()
  await giveUp('retention:export')
  const state = async (id: string) => (await desk.as('ada').call(getCustomerExport, { params: { exportId: id } })).state
  await due('retention:forget-exports')
  expect(await state(exportId)).toBe('waiting')
  await desk.travel('25 hours')
  await due('retention:forget-exports')
  expect(await state(exportId)).toBe('failed')
  const { id: again } = await ask()
  await desk.settle()
  expect([await state(exportId), await state(again)]).toEqual(['failed', 'ready'])
})
