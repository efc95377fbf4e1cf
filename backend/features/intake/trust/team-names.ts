import type { Tx } from '../../../platform/tenancy.ts'
import { nameKey } from './signs.ts'

/** A name of one word is many people's. */
const WORDS = 2

/** What the team is called: people by their whole names, and the house itself. */
export async function teamNamesOf(tx: Tx): Promise<ReadonlySet<string>> {
  const { workspaceId } = tx
  const [staff, workspace] = [
    await tx.staff.findMany({ where: { workspaceId, state: { not: 'deactivated' } }, select: { name: true } }),
    await tx.workspace.findUnique({ where: { workspaceId }, select: { name: true } }),
  ]
  const people = staff.map(({ name }) => nameKey(name)).filter((name) => name.split(' ').length >= WORDS)
  return new Set([...people, ...(workspace ? [nameKey(workspace.name)] : [])].filter((name) => name !== ''))
}
