import { z } from 'zod'
import { EscalationReason, SlaTarget } from '../../../shared/sla.ts'
import { event } from '../../platform/events.ts'

/**
 * @property policyId `default` is the last one
 * @property startedAt when the clock was started, in milliseconds: a ticket has one for each wait of its customer
 * @property limitSeconds of what counts by the policy
 */
const ofTarget = z.object({
  ticketId: z.uuid(),
  target: SlaTarget,
  policyId: z.string(),
  startedAt: z.int(),
  limitSeconds: z.int(),
})

export const slaWarned = event('sla.warned', ofTarget)
/** `answered`: it was found out when the answer was read, so nobody has to hurry any more. */
export const slaBreached = event('sla.breached', ofTarget.extend({ answered: z.boolean() }))
/** A clock stopped in time. One that is reopened and stopped again tells it once. */
export const slaMet = event('sla.met', ofTarget)
/** What the policy says for late tickets was done, beside the mail. */
export const lateEscalated = event(
  'sla.escalated',
  z.object({ ticketId: z.uuid(), policyId: z.string(), raised: z.boolean(), given: z.boolean() }),
)
export const ticketEscalated = event(
  'ticket.escalated',
  z.object({ ticketId: z.uuid(), escalationId: z.uuid(), toId: z.uuid(), reason: EscalationReason }),
)
export const slaRulesWritten = event('sla_rules.written', z.object({ version: z.int() }))
/** Somebody looked what other rules would have made of the past. */
export const slaRulesTried = event('sla_rules.tried', z.object({ trialId: z.uuid() }))
