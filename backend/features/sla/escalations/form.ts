import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { ESCALATION_REASONS, EscalationReason } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import {
  button,
  buttons,
  type Choice,
  longInput,
  pick,
  plain,
  present,
  section,
  toTicket,
  warning,
} from '../../../platform/panel.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { REASON_WORDS } from '../showing/words.ts'
import { escalate } from './escalating.ts'

type Typed = { toId: string; reason: string; text: string }

const NOTHING: Typed = { toId: '', reason: '', text: '' }
const LONGEST = 2_000

/** To whom and why. Supervisors and admins come first: most escalations go to them. */
export const escalationForm = (ctx: Ctx, ticketId: string, actor: StaffActor): Promise<PanelCard> =>
  formCard(ctx, { ticketId, actor }, NOTHING, null)

/** Escalates; what is refused comes back with what was typed. */
export async function sendForm(
  ctx: Ctx,
  ticketId: string,
  { fields }: PanelFields,
  actor: StaffActor,
): Promise<PanelCard> {
  const typed: Typed = { toId: one(fields, 'toId'), reason: one(fields, 'reason'), text: one(fields, 'text').trim() }
  try {
    const reason = EscalationReason.safeParse(typed.reason)
    if (typed.toId === '') throw new DeskError('invalid_request', 'Choose to whom.')
    if (!reason.success) throw new DeskError('invalid_request', 'Choose why.')
    if (typed.text.length > LONGEST) throw new DeskError('invalid_request', `Say it in ${LONGEST} characters.`)
    await escalate(ctx, ticketId, { toId: typed.toId, reason: reason.data, text: typed.text }, actor)
  } catch (error) {
    if (!(error instanceof DeskError) || error.code === 'not_found') throw error
    return formCard(ctx, { ticketId, actor }, typed, error.message)
  }
  return {
    title: 'Escalated',
    subtitle: null,
    sections: present(
      section(null, plain('It is theirs now, and they are told by mail.'), buttons(toTicket(ticketId))),
    ),
    say: 'Escalated',
  }
}

const one = (fields: PanelFields['fields'], name: string): string => fields[name]?.[0] ?? ''

async function formCard(
  ctx: Ctx,
  { ticketId, actor }: { ticketId: string; actor: StaffActor },
  typed: Typed,
  problem: string | null,
): Promise<PanelCard> {
  const people = await inWorkspace(ctx, actor.workspaceId, (tx) => peopleFor(tx, ticketId, actor), { reads: true })
  const reasons: Choice[] = ESCALATION_REASONS.map((value) => ({ value, label: REASON_WORDS[value] }))
  const nobody = { value: '', label: 'Choose …' }
  const send = {
    kind: 'call',
    method: 'POST',
    path: `/v1/tickets/${ticketId}/escalation-form`,
    key: newId(),
    lay: 'update',
  } as const
  return {
    title: 'Escalate',
    subtitle: 'The ticket becomes theirs, and they get a mail.',
    sections: present(
      section(
        null,
        problem === null ? null : warning(problem),
        pick('toId', 'To', [nobody, ...people], typed.toId),
        pick('reason', 'Why', [nobody, ...reasons], typed.reason),
        longInput('text', 'In your words', typed.text, 'for them; the customer never sees it'),
        buttons(button('Escalate', send, { filled: true }), toTicket(ticketId)),
      ),
    ),
    say: null,
  }
}

/** @throws DeskError not_found without such a ticket */
async function peopleFor(tx: Tx, ticketId: string, actor: StaffActor): Promise<Choice[]> {
  const { workspaceId } = tx
  const where = { workspaceId_id: { workspaceId, id: ticketId } }
  if (!(await tx.ticket.findUnique({ where, select: { id: true } })))
    throw new DeskError('not_found', 'There is no such ticket in your workspace.')
  const staff = await tx.staff.findMany({
    where: { workspaceId, state: { not: 'deactivated' }, role: { in: [...PEOPLE_AT_WORK] }, id: { not: actor.id } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
    select: { id: true, name: true, role: true },
  })
  const leads = staff.filter(({ role }) => role !== 'agent')
  return [...leads, ...staff.filter(({ role }) => role === 'agent')].map(({ id, name, role }) => ({
    value: id,
    label: role === 'agent' ? name : `${name} (${role})`,
  }))
}
