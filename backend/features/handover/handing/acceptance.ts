import type { HandedOver } from '../../../../shared/handover.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber, type LockedTicket, STATUS_WORDS } from '../../tickets/index.ts'
import { leftOfSql } from '../left/statement.ts'
import { openWorkOf } from '../open/statement.ts'

type Sorted = { fit: LockedTicket[]; refused: HandedOver['refused'] }

/** Which of the tickets hold something of whoever hands over, or left it, and why the others do not. @param tickets held, so that it stays true */
export async function sortOut(tx: Tx, fromId: string, tickets: readonly LockedTicket[]): Promise<Sorted> {
  const theirs = await theirsOf(tx, fromId, tickets)
  const rest = tickets.filter(({ id }) => !theirs.has(id))
  const names = await namesOf(tx, rest)
  return {
    fit: tickets.filter(({ id }) => theirs.has(id)),
    refused: rest.map((ticket) => ({
      ticketId: ticket.id,
      number: formatNumber(ticket.number),
      why: whyNot(ticket, fromId, names),
    })),
  }
}

async function theirsOf(tx: Tx, staffId: string, tickets: readonly LockedTicket[]): Promise<Set<string>> {
  const ticketIds = tickets.map(({ id }) => id)
  const wanted = { staffIds: [staffId], ticketIds, limit: ticketIds.length }
  const open = await tx.$queryRaw<Of[]>(openWorkOf(tx, wanted))
  const left = await tx.$queryRaw<Of[]>(leftOfSql(tx.workspaceId, staffId, ticketIds))
  return new Set([...open, ...left].map(({ ticketId }) => ticketId))
}

type Of = { ticketId: string }

function whyNot({ status, voidReason, assigneeId }: LockedTicket, fromId: string, names: Map<string, string>): string {
  if (voidReason !== null) return 'It was taken out meanwhile.'
  if (status === 'solved' || status === 'closed') return `It is ${STATUS_WORDS[status].toLowerCase()} by now.`
  if (assigneeId !== null && assigneeId !== fromId) return `${names.get(assigneeId) ?? 'Somebody else'} has it now.`
  return 'Nothing of it waits any more.'
}

async function namesOf(tx: Tx, tickets: readonly LockedTicket[]): Promise<Map<string, string>> {
  const ids = tickets.flatMap(({ assigneeId }) => assigneeId ?? [])
  if (ids.length === 0) return new Map()
  const people = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}
