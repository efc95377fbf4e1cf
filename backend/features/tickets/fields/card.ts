import type { FieldHistory } from '../../../../shared/fields.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
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
  /** Who may only look reads what is filled in. */
  mayWork: boolean
  ticketId: string
  ticket: { number: number; subject: string }
  fields: readonly Field[]
  changes: FieldHistory
  typed: Typed
  problem: string | null
  say: string | null
}

/** The form of a ticket's custom fields. */
function fieldsCard({ mayWork, ticketId, ticket, fields, changes, typed, problem, say }: Drawn): PanelCard {
  const inputs = mayWork ? fieldInputs(fields, typed) : []
  const read = mayWork ? [] : filledFacts(fields.filter((field) => !field.ended))
  const shown = [...inputs, ...read]
  const ended = filledFacts(fields.filter((field) => field.ended))
  return {
    title: 'Fields',
    subtitle: `${formatNumber(ticket.number)} · ${ticket.subject}`,
    sections: present(
      problem === null ? null : section(null, warning(problem)),
      section(
        null,
        ...(shown.length > 0 ? shown : [remark(mayWork ? 'Nothing is asked for here.' : 'Nothing is filled in.')]),
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
  inWorkspace(
    ctx,
    actor.workspaceId,
    (tx) => drawn(ctx, tx, { mayWork: isAtWork(actor), ticketId, typed: {}, problem: null, say: null }),
    { reads: true },
  )

const AT_WORK: readonly string[] = PEOPLE_AT_WORK
const isAtWork = (actor: Actor): boolean => actor.kind === 'staff' && AT_WORK.includes(actor.role)

const drawn = async (
  ctx: Ctx,
  tx: Tx,
  how: Pick<Drawn, 'mayWork' | 'ticketId' | 'typed' | 'problem' | 'say'>,
): Promise<PanelCard> => fieldsCard({ ...how, ...(await ticketFieldsIn(ctx, tx, how.ticketId)) })

/** Saves what was typed, or shows it again with the reason; a refusal writes nothing. */
export const submitFields = (ctx: Ctx, ticketId: string, typed: Typed, by: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    try {
      await fillTicketIn(ctx, tx, ticketId, (fields) => typedValues(fields, typed), by)
      return await drawn(ctx, tx, { mayWork: true, ticketId, typed: {}, problem: null, say: 'Saved' })
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'not_found') throw error
      return drawn(ctx, tx, { mayWork: true, ticketId, typed, problem: error.message, say: null })
    }
  })
