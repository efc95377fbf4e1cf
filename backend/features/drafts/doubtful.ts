import type { PanelCard, PanelSection } from '../../../shared/panel.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { button, buttons, fact, present, section, toTicket, warning } from '../../platform/panel.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { type CardTicket, doubtOf, viewTicket, whyNot } from '../tickets/index.ts'
import { answerSection } from './answer-section.ts'
import { type SendingRow, sendingSql } from './sending/picking.ts'

/** In the place of the answer where the newest mail is doubtful: who reads it is told where an answer would go before they write one. */
export function warningFirst(ticket: CardTicket): PanelSection | null {
  const off = whyNot(ticket)
  return section(
    null,
    warning(`Before you answer: read what is said above. An answer goes to ${ticket.customer.email}.`),
    buttons(
      button(
        'Answer all the same',
        { kind: 'call', method: 'GET', path: `/v1/tickets/${ticket.id}/doubtful-answer/card`, key: null, lay: 'push' },
        { off },
      ),
    ),
  )
}

/** The answer of a doubtful mail: what speaks against it, where it goes, and then the fields. */
export async function showDoubtful(ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> {
  const ticket = await viewTicket(ctx, ticketId, actor)
  const sending = await inWorkspace(
    ctx,
    actor.workspaceId,
    (tx) => tx.$queryRaw<{ sending: SendingRow }[]>(sendingOf(actor, ticketId, tx.now)),
    {
      reads: true,
    },
  )
  const answer = answerSection(ticket, sending[0]?.sending ?? { rule: null, mine: null })
  return {
    title: 'Answer all the same',
    subtitle: ticket.number,
    sections: present(
      section(null, ...(doubtOf(ticket) ?? []).map(warning), fact('Goes to', ticket.customer.email)),
      answer,
      section(null, buttons(toTicket(ticketId))),
    ),
    say: null,
  }
}

const sendingOf = ({ workspaceId, id }: Actor, ticketId: string, now: Date): Prisma.Sql => Prisma.sql`
  select ${sendingSql(id, now)} as sending from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and t.id = ${ticketId}::uuid`
