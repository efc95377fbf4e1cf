import { RuleDefinition } from '../../../../shared/rules.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'

export type RuleState = 'on' | 'off' | 'paused'

/** A rule as it is kept. */
export type RuleRow = {
  id: string
  position: number
  state: RuleState
  problem: string | null
  version: number
  definition: RuleDefinition
}

type Row = Omit<RuleRow, 'definition'> & { definition: unknown }

const read = (row: Row): RuleRow => ({ ...row, definition: RuleDefinition.parse(row.definition) })

const COLUMNS = Prisma.sql`id::text, position, state, problem, version, definition`

/** Exported so that a test can look at its plan. */
export const inOrderSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  select ${COLUMNS} from desk.rule where workspace_id = ${workspaceId}::uuid and state <> 'removed' order by position, id limit 200`

/** All rules in the order in which they are tried. */
export async function rulesIn(tx: Tx): Promise<RuleRow[]> {
  return (await tx.$queryRaw<Row[]>(inOrderSql(tx.workspaceId))).map(read)
}

/** One of them. @throws DeskError not_found */
export async function ruleIn(tx: Tx, id: string): Promise<RuleRow> {
  const rule = (await rulesIn(tx)).find((one) => one.id === id)
  if (!rule) throw new DeskError('not_found', 'There is no such rule any more.')
  return rule
}

/** Takes a rule for changing. @throws DeskError not_found */
export async function lockRule(tx: Tx, id: string): Promise<RuleRow> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from desk.rule where workspace_id = ${tx.workspaceId}::uuid and id = ${id}::uuid and state <> 'removed' for update`
  if (!row) throw new DeskError('not_found', 'There is no such rule any more.')
  return read(row)
}

/** The code by which causes find a rule. */
export const triggerCode = ({ when }: RuleDefinition): string => (when.on === 'event' ? when.event : when.on)
