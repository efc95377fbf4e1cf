import { Prisma } from '../../generated/prisma/client.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { asksFor } from './rows.ts'

type Asked = { id: string; customerId: string; category: string | null }

/** Names of the fields that have to be filled in before a ticket is solved, of the ticket and of its customer. */
async function missingOf(tx: Tx, { id, customerId, category }: Asked): Promise<string[]> {
  const rows = await tx.$queryRaw<{ label: string }[]>(
    missingSql({
      workspaceId: Prisma.sql`${tx.workspaceId}::uuid`,
      ticketId: Prisma.sql`${id}::uuid`,
      customerId: Prisma.sql`${customerId}::uuid`,
      category: Prisma.sql`${category}::text`,
    }),
  )
  return rows.map(({ label }) => label)
}

type About = { workspaceId: Prisma.Sql; ticketId: Prisma.Sql; customerId: Prisma.Sql; category: Prisma.Sql }

/** The same as a query about expressions. */
export const missingSql = ({ workspaceId, ticketId, customerId, category }: About): Prisma.Sql => Prisma.sql`
  select f.label from desk.custom_field f
  where f.workspace_id = ${workspaceId} and f.required and f.retired_at is null and ${asksFor(category)}
    and not exists (select from desk.field_value v where v.workspace_id = f.workspace_id and v.field_id = f.id
      and v.owner_id = case f.about when 'ticket' then ${ticketId} else ${customerId} end)
  order by f.about desc, f.position, f.id`

const ON_CARD = 'Press «Fields» on the ticket or on its customer.'

/**
 * @param how to go on, for whom there is no ticket to press on yet
 * @throws DeskError move_not_allowed that names what has to be filled in before
 */
export async function refuseUnfilled(tx: Tx, ticket: Asked, how = ON_CARD): Promise<void> {
  const missing = await missingOf(tx, ticket)
  if (missing.length > 0)
    throw new DeskError(
      'move_not_allowed',
      `Fill in ${inWords(missing)} first: a ticket is solved when that is known. ${how}`,
    )
}

const inWords = (labels: readonly string[]): string => labels.map((label) => `«${label}»`).join(', ')
