import type { Tx } from '../../../platform/tenancy.ts'

type Hands = { ticketIds: readonly string[]; fromId: string; toId: string }

/** What one person wanted to be reminded of about tickets, another one is reminded of. Their jobs look whose they are by then. */
export const handRemindersOn = (tx: Tx, { ticketIds, fromId, toId }: Hands): Promise<number> => tx.$executeRaw`
  update desk.reminder set staff_id = ${toId}::uuid
  where workspace_id = ${tx.workspaceId}::uuid and ticket_id = any(${ticketIds}::uuid[]) and staff_id = ${fromId}::uuid and done_at is null`
