import { Prisma } from '../../../generated/prisma/client.ts'

/** Which rows `c` of desk.combined_action wait for approval. Every open state is named, word for word as the partial index does. */
export const waitsForApproval = (workspaceId: string): Prisma.Sql => Prisma.sql`
  c.workspace_id = ${workspaceId}::uuid and c.state in ('waiting_approval', 'undoable', 'running', 'parked') and c.state = 'waiting_approval'`
