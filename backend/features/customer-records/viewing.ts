import { type Customer, MOST_COUNTED } from '../../../shared/customers.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { customerTiersIn } from '../sla/index.ts'

type Row = Omit<Customer, 'phones' | 'since' | 'tier'> & { phones: { key: string; phone: string }[]; since: Date }

/** One customer. @throws DeskError not_found */
export async function customerIn(ctx: Ctx, tx: Tx, customerId: string): Promise<Customer> {
  const [row] = await tx.$queryRaw<Row[]>(customerSql(tx.workspaceId, customerId))
  if (!row) throw new DeskError('not_found', 'There is no such customer in your workspace.')
  const box = await ctx.keyring.box(tx)
  const tiers = await customerTiersIn(ctx, tx, [customerId])
  return {
    ...row,
    since: row.since.toISOString(),
    tier: tiers.get(customerId) ?? 'standard',
    phones: row.phones.map(({ key, phone }) =>
      box.openText('customer_phone.phone', `${customerId}/${key}`, Buffer.from(phone, 'base64')),
    ),
  }
}

/** Everything but the tier, in one statement. */
export const customerSql = (workspaceId: string, customerId: string): Prisma.Sql => Prisma.sql`
  select c.id::text, c.name, c.email, c.created_at as since,
    array(select a.email from desk.customer_address a where a.workspace_id = c.workspace_id and a.customer_id = c.id
      order by a.created_at limit 20) as addresses,
    (select coalesce(json_agg(json_build_object('key', p.phone_key, 'phone', encode(p.phone, 'base64')) order by p.created_at), '[]')
      from (select * from desk.customer_phone where workspace_id = c.workspace_id and customer_id = c.id limit 20) p) as phones,
    (select t.language from desk.ticket t where t.workspace_id = c.workspace_id and t.customer_id = c.id and t.language is not null
      order by t.last_message_at desc limit 1) as language,
    n.tickets, n.open as "openTickets",
    (select count(*)::int from (select from desk.task k where k.workspace_id = c.workspace_id and k.customer_id = c.id and k.done_at is null
      limit 100) k) as "openTasks"
  from desk.customer c cross join lateral (
    select count(*)::int as tickets, count(*) filter (where status in ('new', 'open', 'pending', 'on_hold') and void_reason is null)::int as open
    from (select t.status, t.void_reason from desk.ticket t where t.workspace_id = c.workspace_id and t.customer_id = c.id
      order by t.last_message_at desc limit ${MOST_COUNTED + 1}) t) n
  where c.workspace_id = ${workspaceId}::uuid and c.id = ${customerId}::uuid`
