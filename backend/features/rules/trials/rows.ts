import { z } from 'zod'
import { RuleDefinition } from '../../../../shared/rules.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** A rule as it was when the dry run began. */
const Tried = z.object({ id: z.uuid(), definition: RuleDefinition })
export type Tried = z.infer<typeof Tried>

/** A ticket that a rule would have changed. */
const Found = z.object({
  ruleId: z.uuid(),
  ticketId: z.uuid(),
  number: z.int(),
  at: z.iso.datetime(),
  acts: z.array(z.string()),
  because: z.array(z.string()),
})
export type Found = z.infer<typeof Found>

const Row = z.object({
  id: z.uuid(),
  state: z.enum(['running', 'done']),
  since: z.date(),
  rules: z.array(Tried),
  events: z.int(),
  cut: z.boolean(),
  readAt: z.date().nullable(),
  readId: z.uuid().nullable(),
  counts: z.record(z.string(), z.int()),
  tickets: z.array(Found),
  createdAt: z.date(),
})
export type TrialRow = z.infer<typeof Row>

/** @throws DeskError not_found */
export async function trialOf(tx: Tx, id: string): Promise<TrialRow> {
  const row = await tx.ruleTrial.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!row) throw new DeskError('not_found', 'There is no such dry run any more. Begin a new one.')
  return Row.parse(row)
}

/** The newest one of a workspace; null before the first. */
export async function newestTrial(tx: Tx): Promise<TrialRow | null> {
  const row = await tx.ruleTrial.findFirst({
    where: { workspaceId: tx.workspaceId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
  return row && Row.parse(row)
}
