import type { Ask } from '../reading/readers.ts'
import type { OfTicket } from '../reading/views.ts'

const GIVEN = `
select distinct compensation_id as id from (
  select compensation_id from step where ticket_id = $ticket_id
  union all select compensation_id from gift_card where ticket_id = $ticket_id
) where compensation_id is not null`

/** What of the lake a question about one ticket can be about: millions of others are not read for it. @returns null for a ticket that is in no figure yet */
export async function whatIsOf(ask: Ask, ticketId: string): Promise<OfTicket | null> {
  const values = { ticket_id: ticketId }
  const [ticket] = await ask(
    'select customer_id, epoch_ms(opened_at)::double as opened from ticket where id = $ticket_id',
    values,
  )
  if (!ticket) return null
  const given = await ask(GIVEN, values)
  const { customer_id: customer, opened } = ticket
  return {
    ticketId,
    customerId: typeof customer === 'string' ? customer : null,
    openedAt: Number(opened),
    compensationIds: given.map(({ id }) => String(id)),
  }
}
