import type { Tx } from '../../platform/tenancy.ts'

export type WorkspaceOverview = {
  id: string
  name: string
  timeZone: string
  languages: string[]
  effectsPaused: boolean
  domains: string[]
  createdAt: Date
}

/** What an admin sees of the transaction's workspace. */
export async function workspaceIn(tx: Tx): Promise<WorkspaceOverview> {
  const { workspaceId } = tx
  const {
    workspaceId: id,
    nextTicketNumber: _,
    ...workspace
  } = await tx.workspace.findUniqueOrThrow({
    where: { workspaceId },
  })
  const domains = await tx.domain.findMany({ where: { workspaceId }, orderBy: { domain: 'asc' } })
  return { id, ...workspace, domains: domains.map(({ domain }) => domain) }
}

/** All API keys, newest first; the keys themselves are known to nobody. */
export const apiKeysOf = (tx: Tx) =>
  tx.apiKey.findMany({
    where: { workspaceId: tx.workspaceId },
    select: { id: true, name: true, scopes: true, createdAt: true, revokedAt: true, expiresAt: true, usedAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 500,
  })
