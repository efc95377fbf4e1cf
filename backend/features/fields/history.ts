import type { FieldHistory } from '../../../shared/fields.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'

const NEWEST = 10

type Row = { id: string; label: string; by: string | null; at: Date; content: Uint8Array }

/** What was changed last in the fields of a ticket or customer, newest first. */
export async function historyOf(tx: Tx, box: Box, ownerId: string): Promise<FieldHistory> {
  const rows = await tx.$queryRaw<Row[]>(historySql(tx.workspaceId, ownerId))
  return rows.map(({ id, label, by, at, content }) => ({
    ...(JSON.parse(box.openText('field_change.content', id, content)) as { before: string; after: string }),
    label,
    by: by ?? 'Sidedesk',
    at: at.toISOString(),
  }))
}

export const historySql = (workspaceId: string, ownerId: string): Prisma.Sql => Prisma.sql`
  select c.id::text, f.label, coalesce(s.name, k.name) as by, c.changed_at as at, c.content
  from (select * from desk.field_change where workspace_id = ${workspaceId}::uuid and owner_id = ${ownerId}::uuid order by id desc limit ${NEWEST}) c
  join desk.custom_field f on f.workspace_id = c.workspace_id and f.id = c.field_id
  left join desk.staff s on s.workspace_id = c.workspace_id and s.id = c.by_id
  left join desk.api_key k on k.workspace_id = c.workspace_id and k.id = c.by_id
  order by c.id desc`
