import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { FORGOTTEN } from './forgotten-words.ts'

const REQUEST = 'journal_entry.request'
const EMPTY = JSON.stringify({ forgotten: true })

/** Entries that are over keep that they were, when and by whom; what was sent, and what came back, is forgotten. Nobody reads it again. */
export async function emptyRequests(tx: Tx, box: Box, ticketIds: readonly string[]): Promise<number> {
  const { workspaceId } = tx
  const over = await tx.journalEntry.findMany({
    where: { workspaceId, ticketId: { in: [...ticketIds] }, state: { in: ['done', 'refused'] } },
    select: { id: true },
  })
  const rows = over.map(({ id }) => ({ id, request: box.seal(REQUEST, id, EMPTY).toString('base64') }))
  return tx.$executeRaw`
    update desk.journal_entry e set request = decode(r.request, 'base64'), result = null, progress = null,
      refusal = case when e.refusal is null then null else ${FORGOTTEN} end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, request text)
    where e.workspace_id = ${workspaceId}::uuid and e.id = r.id`
}
