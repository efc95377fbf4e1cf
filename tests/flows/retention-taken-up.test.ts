import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { retentionJobs } from '../../backend/features/retention/index.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { eraseCustomer, getForgettingRun } from '../../shared/retention.ts'
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
  const owner = await ownerOf(desk.database)
  const given = `update graphile_worker._private_jobs set attempts = max_attempts where key = $1`
  expect((await owner.query(given, [`forget:${runId}`])).rowCount).toBe(1)
  await owner.end()
  await desk.settle()
  expect(await stateOf(runId)).toBe('running')
  return { runId, ask }
}

const stateOf = async (runId: string) => (await desk.as('ada').call(getForgettingRun, { params: { runId } })).state

test('an erasure whose job was given up goes on in the next night, also where nobody has set a rule', async () => {
  const { runId } = await givenUp()
  const sweep = retentionJobs.find(({ name }) => name === 'retention:sweep') as Job<object, never>
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, sweep, {}))
  await desk.settle()
  expect(await stateOf(runId)).toBe('done')
})

test('whoever asks for it again has it gone on with, and it is the same one', async () => {
  const { runId, ask } = await givenUp()
  expect((await ask()).id).toBe(runId)
  await desk.settle()
  expect(await stateOf(runId)).toBe('done')
  expect(await desk.events('forgetting.started')).toHaveLength(1)
})
