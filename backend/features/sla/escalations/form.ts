import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { ESCALATION_REASONS, escalateTicket } from '../../../../shared/sla.ts'
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
  yesNo,
} from '../../../platform/panel.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { REASON_WORDS } from '../showing/words.ts'
import { type Escalation, escalateIn } from './escalating.ts'

type Typed = { toId: string; reason: string; text: string; raise: string }

const NOTHING: Typed = { toId: '', reason: '', text: '', raise: 'yes' }
type Somebody = Choice & { leads: boolean }

const LEADS_FIRST = ['supervisor', 'admin', 'agent'] as const

const LONGEST = 2_000

/** To whom and why. Supervisors come first, then admins: most escalations go to them, so the first of them is chosen. */
export const escalationForm = (ctx: Ctx, ticketId: string, actor: StaffActor): Promise<PanelCard> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const people = await peopleFor(tx, ticketId, actor)
      return formCard(ticketId, people, { ...NOTHING, toId: people.find(({ leads }) => leads)?.value ?? '' }, null)
    },
    { reads: true },
  )

/** Escalates; what is refused comes back with what was typed. */
export const sendForm = (ctx: Ctx, ticketId: string, { fields }: PanelFields, actor: StaffActor): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => {
    const typed: Typed = {
      toId: one(fields, 'toId'),
      reason: one(fields, 'reason'),
      text: one(fields, 'text').trim(),
      raise: one(fields, 'raise') || NOTHING.raise,
    }
    try {
      await escalateIn(ctx, tx, { ticketId, ...wishOf(typed) }, actor)
      return doneCard(ticketId)
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'not_found') throw error
      return formCard(ticketId, await peopleFor(tx, ticketId, actor), typed, error.message)
    }
  })

const one = (fields: PanelFields['fields'], name: string): string => fields[name]?.[0] ?? ''

function wishOf({ toId, reason, text, raise }: Typed): Escalation {
  const wish = escalateTicket.body.safeParse({ toId, reason, text, raisePriority: raise === 'yes' })
  if (wish.success) return wish.data
  if (text.length > LONGEST) throw new DeskError('invalid_request', `Say it in ${LONGEST} characters.`)
  throw new DeskError('invalid_request', wish.error.issues[0]?.path[0] === 'toId' ? 'Choose to whom.' : 'Choose why.')
}

const doneCard = (ticketId: string): PanelCard => ({
  title: 'Escalated',
  subtitle: null,
  sections: present(section(null, plain('It is theirs now, and they are told by mail.'), buttons(toTicket(ticketId)))),
  say: 'Escalated',
})

function formCard(ticketId: string, people: readonly Choice[], typed: Typed, problem: string | null): PanelCard {
  const reasons: Choice[] = ESCALATION_REASONS.map((value) => ({ value, label: REASON_WORDS[value] }))
  const nobody = { value: '', label: 'Choose …' }
  const path = `/v1/tickets/${ticketId}/escalation-form`
  const send = { kind: 'call', method: 'POST', path, key: newId(), lay: 'update' } as const
  return {
    title: 'Escalate',
    subtitle: 'The ticket becomes theirs, and they get a mail.',
    sections: present(
      section(
        null,
        problem === null ? null : warning(problem),
        pick('toId', 'To', [nobody, ...people.map(({ value, label }) => ({ value, label }))], typed.toId),
        pick('reason', 'Why', [nobody, ...reasons], typed.reason),
        yesNo('raise', 'One priority up', typed.raise),
        longInput('text', 'In your words', typed.text, 'for them; the customer never sees it'),
        buttons(button('Escalate', send, { filled: true }), toTicket(ticketId)),
      ),
    ),
    say: null,
  }
}

/** @throws DeskError not_found without such a ticket */
async function peopleFor(tx: Tx, ticketId: string, actor: StaffActor): Promise<Somebody[]> {
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
  return LEADS_FIRST.flatMap((wanted) => staff.filter(({ role }) => role === wanted)).map(({ id, name, role }) => ({
    value: id,
    label: role === 'agent' ? name : `${name} (${role})`,
    leads: role !== 'agent',
  }))
}
