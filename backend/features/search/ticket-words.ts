import type { Tx } from '../../platform/tenancy.ts'
import { searchable, searchableName } from '../../platform/words.ts'
import { tagMark } from './asking/parsing.ts'

/** What a ticket itself is found by, apart from its messages. */
export type TicketFoundBy = {
  number: number
  subject: string
  category: string | null
  tags: string[]
  customer: string
  addresses: string[]
  orders: string[]
}

/** As app.lexemes_of takes it, and the marks of its tags. */
export const ticketFoundBy = ({ number, subject, category, tags, customer, addresses, orders }: TicketFoundBy) => ({
  subject: searchableName(subject),
  sender: searchableName([customer, ...addresses].join(' ')),
  body: searchable([`TKT ${number}`, category ?? '', ...tags, ...orders].join(' ')),
  marks: tags.map(tagMark),
})

/** Writes anew what tickets themselves are found by: tags, category, customer, and orders that stand beside them. */
export async function writeTicketWords(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return
  const rows = await tx.$queryRaw<(TicketFoundBy & { id: string })[]>`
    select t.id::text, t.number, t.subject, t.category, t.tags, c.name as customer,
      array(select a.email from desk.customer_address a where a.workspace_id = c.workspace_id and a.customer_id = c.id limit 20) as addresses,
      array(select o.name from desk.ticket_order l join desk.shop_order o on o.workspace_id = l.workspace_id and o.id = l.order_id
        where l.workspace_id = t.workspace_id and l.ticket_id = t.id and l.undone_at is null limit 50) as orders
    from desk.ticket t join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    where t.workspace_id = ${tx.workspaceId}::uuid and t.id = any(${[...ticketIds]}::uuid[]) order by t.id`
  const words = rows.map((row) => ({ id: row.id, ...ticketFoundBy(row) }))
  await tx.$executeRaw`
    insert into desk.search_document (workspace_id, id, ticket_id, at, lexemes)
    select t.workspace_id, t.id, t.id, t.created_at, app.lexemes_of(w.subject, w.sender, '', w.body)
      || array_to_tsvector(array(select jsonb_array_elements_text(w.marks)))
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as w (id uuid, subject text, sender text, body text, marks jsonb)
    join desk.ticket t on t.workspace_id = ${tx.workspaceId}::uuid and t.id = w.id
    on conflict (workspace_id, id) do update set lexemes = excluded.lexemes`
}
