import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { formatNumber } from '../tickets/index.ts'

/** What a task is for. */
export type Owner = { kind: 'ticket' | 'customer'; id: string }

/** How it is called: the number of a ticket, the name of a customer. @throws DeskError not_found */
export async function nameOf(tx: Tx, { kind, id }: Owner): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  if (kind === 'ticket') {
    const ticket = await tx.ticket.findUnique({ where, select: { number: true } })
    if (!ticket) throw new DeskError('not_found', 'There is no such ticket in your workspace.')
    return formatNumber(ticket.number)
  }
  const customer = await tx.customer.findUnique({ where, select: { name: true } })
  if (!customer) throw new DeskError('not_found', 'There is no such customer in your workspace.')
  return customer.name
}

export const ownerOf = ({ ticketId, customerId }: { ticketId: string | null; customerId: string | null }): Owner =>
  ticketId === null ? { kind: 'customer', id: customerId ?? '' } : { kind: 'ticket', id: ticketId }

/** People who can have a task, by name. */
export const peopleIn = (tx: Tx): Promise<{ id: string; name: string }[]> =>
  tx.staff.findMany({
    where: {
      workspaceId: tx.workspaceId,
      state: { not: 'deactivated' },
      role: { in: ['agent', 'supervisor', 'admin'] },
    },
    orderBy: { name: 'asc' },
    take: 98,
    select: { id: true, name: true },
  })
