import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { rulesIn } from '../definitions/rows.ts'
import { TRIAL } from '../queueing.ts'
import { newestTrial } from './rows.ts'

const DAYS = 30
const DAY_MS = 24 * 3_600_000

/** Begins a dry run of all rules, those that are off too; one that runs already is the same one. @returns its id */
export async function startTrial(tx: Tx, by: Actor): Promise<string> {
  await tx.$executeRaw`select from desk.workspace where workspace_id = ${tx.workspaceId}::uuid for no key update`
  const newest = await newestTrial(tx)
  if (newest?.state === 'running') return newest.id
  const rules = (await rulesIn(tx)).map(({ id, definition }) => ({ id, definition }))
  if (rules.length === 0) throw new DeskError('invalid_request', 'There is no rule to try. Add one first.')
  const id = newId(tx.now)
  await tx.ruleTrial.create({
    data: {
      workspaceId: tx.workspaceId,
      id,
      state: 'running',
      since: new Date(tx.now.getTime() - DAYS * DAY_MS),
      rules,
      counts: {},
      tickets: [],
      createdById: by.id,
      createdAt: tx.now,
    },
    select: { id: true },
  })
  await enqueue(tx, TRIAL, { trialId: id })
  return id
}
