import type { FieldHistory } from '../../../../shared/fields.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { button, buttons, present, remark, section, toTicket, warning } from '../../../platform/panel.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type Field, fieldInputs, filledFacts, historyFacts, typedValues } from '../../fields/index.ts'
import { formatNumber } from '../numbers.ts'
import { fillTicketIn, ticketFieldsIn } from './filling.ts'

type Typed = PanelFields['fields']
type Drawn = {
  ticketId: string
  ticket: { number: number; subject: string }
  fields: readonly Field[]
  changes: FieldHistory
  typed: Typed
  problem: string | null
  say: string | null
}

/** The form of a ticket's custom fields. */
function fieldsCard({ ticketId, ticket, fields, changes, typed, problem, say }: Drawn): PanelCard {
  const inputs = fieldInputs(fields, typed)
  const ended = filledFacts(fields.filter((field) => field.ended))
  return {
    title: 'Fields',
    subtitle: `${formatNumber(ticket.number)} · ${ticket.subject}`,
    sections: present(
      problem === null ? null : section(null, warning(problem)),
      section(
        null,
        ...(inputs.length > 0 ? inputs : [remark('Nothing is asked for here.')]),
        buttons(...(inputs.length > 0 ? [button('Save', saving(ticketId), { filled: true })] : []), toTicket(ticketId)),
      ),
      section('Not asked for any more', ...ended),
      folded('Changes', historyFacts(changes)),
    ),
    say,
  }
}

const folded = (title: string, widgets: ReturnType<typeof historyFacts>) =>
  widgets.length === 0 ? null : { title, folded: 0, widgets }

const saving = (ticketId: string) => ({
  kind: 'call' as const,
  method: 'POST' as const,
  path: `/v1/tickets/${ticketId}/fields/card`,
  key: newId(),
  lay: 'update' as const,
})

export const showFields = (ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, (tx) => drawn(ctx, tx, { ticketId, typed: {}, problem: null, say: null }), {
    reads: true,
  })

const drawn = async (
  ctx: Ctx,
  tx: Tx,
  how: Pick<Drawn, 'ticketId' | 'typed' | 'problem' | 'say'>,
): Promise<PanelCard> => fieldsCard({ ...how, ...(await ticketFieldsIn(ctx, tx, how.ticketId)) })

/** Saves what was typed, or shows it again with the reason; a refusal writes nothing. */
export const submitFields = (ctx: Ctx, ticketId: string, typed: Typed, by: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    try {
      await fillTicketIn(ctx, tx, ticketId, (fields) => typedValues(fields, typed), by)
      return await drawn(ctx, tx, { ticketId, typed: {}, problem: null, say: 'Saved' })
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'not_found') throw error
      return drawn(ctx, tx, { ticketId, typed, problem: error.message, say: null })
    }
  })
