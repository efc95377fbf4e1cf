import type { SlaTold } from '../../../shared/sla.ts'
import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { escalationOutline, lateOutline, slaBreached, slaWarned, ticketEscalated } from '../sla/index.ts'
import { notifyAtOnce } from './at-once.ts'
import { type Notice, ticketPath } from './notice.ts'
import { notify } from './notifying.ts'
import { peopleOf, person, type Recipient } from './recipients.ts'

/** Late tickets are told to whom the policy names, once each, or to leads where nobody has them; escalated ones to who gets them. */
export const slaNotices = [
  on(slaWarned, 'notices:sla-warned', (ctx: Ctx, workspaceId, facts) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { number, target, limit, assigneeId, warning } = await lateOutline(tx, facts)
      const lines = [
        `The ${target} of ${number} is due soon: it has ${limit} in all.`,
        'Its card in Gmail says when, and why.',
      ]
      await notify(ctx, tx, await toldPeople(tx, warning, assigneeId), {
        kind: 'warning',
        about: `sla-warned/${facts.ticketId}/${facts.target}/${facts.startedAt}`,
        subject: `${number}: the ${target} is due soon`,
        lines,
        path: ticketPath(facts.ticketId),
        number,
      })
    }),
  ),

  on(slaBreached, 'notices:sla-breached', (ctx: Ctx, workspaceId, facts) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { number, target, limit, assigneeId, breach } = await lateOutline(tx, facts)
      if (facts.answered || breach === 'nobody') return
      const lines = [
        `The ${target} of ${number} is late: it had ${limit}.`,
        'Its card in Gmail says since when, and why.',
      ]
      const notice: Notice = {
        kind: 'breach',
        about: `sla-breached/${facts.ticketId}/${facts.target}/${facts.startedAt}`,
        subject: `${number}: the ${target} is late`,
        lines,
        path: ticketPath(facts.ticketId),
        number,
      }
      const people = await toldPeople(tx, breach, assigneeId)
      await notifyAtOnce(ctx, tx, { people, notice }, { forLeads: notice })
    }),
  ),

  on(ticketEscalated, 'notices:escalated', (ctx: Ctx, workspaceId, { ticketId, escalationId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { number, toId, by, reason, word } = await escalationOutline(ctx, tx, escalationId)
      const lines = [`${by} hands ${number} to you. Why: ${reason}.`, ...(word === null ? [] : ['', word])]
      await notify(ctx, tx, await person(tx, toId), {
        kind: 'escalation',
        about: `escalated/${escalationId}`,
        subject: `${number}: escalated to you by ${by}`,
        lines,
        path: ticketPath(ticketId),
        number,
      })
    }),
  ),
]

async function toldPeople(tx: Tx, tell: SlaTold, assigneeId: string | null): Promise<Recipient[]> {
  const owner = (tell === 'assignee' || tell === 'both') && assigneeId !== null ? await person(tx, assigneeId) : []
  const leads = tell === 'supervisors' || tell === 'both' ? await peopleOf(tx, 'supervisor') : []
  return [...new Map([...owner, ...leads].map((one) => [one.id, one])).values()]
}
