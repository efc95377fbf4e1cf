import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { forgetNotes } from '../../backend/features/analytics/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const notes = () =>
  inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.lakeNote.count({ where: { workspaceId: desk.workspaceId } }), {
    reads: true,
  })

/** What the schedule does each night. */
async function night(): Promise<void> {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, forgetNotes, {}))
  await desk.settle()
}

test('notes of what changed are kept for a lake that catches up, and forgotten after 30 days', async () => {
  await mailAt(desk).cardOfNew({ from: someone(), text: 'Where is my parcel?' })
  const written = await notes()
  expect(written).toBeGreaterThan(0)
  await desk.travel('28 days')
  await night()
  expect(await notes()).toBeGreaterThanOrEqual(written)
  await desk.travel('4 days')
  await night()
  expect(await notes()).toBe(0)
})
