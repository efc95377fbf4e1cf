import { ruleSchedule } from '../../backend/features/rules/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import {
  addRule,
  listRuleRuns,
  listRules,
  type Rule,
  type RuleEvent,
  type RuleInput,
  removeRule,
} from '../../shared/rules.ts'
import { getTicket, moveTicket, noteTicket, type TicketStatus } from '../../shared/tickets.ts'
import type { SlaDesk } from './sla-desk.ts'

export type RuleDesk = ReturnType<typeof ruleDesk>
export type RuleWish = Partial<RuleInput> & Pick<RuleInput, 'when' | 'acts'>

export const event = (name: RuleEvent): RuleInput['when'] => ({ on: 'event', event: name })

/** A rule that is on and asks for nothing, unless it is said otherwise. */
export const ruleOf = (wish: RuleWish): RuleInput => ({ name: 'A rule', all: [], any: [], on: true, ...wish })

/** A desk whose admin writes rules, and whose rules by time look around when the test says so. */
export function ruleDesk(desk: SlaDesk) {
  const within = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk.ctx, desk.workspaceId, work)
  const card = (ticketId: string) => desk.as('nora').call(getTicket, { params: { ticketId } })
  return {
    ...desk,
    within,
    card,
    addRule: (wish: RuleWish): Promise<Rule> => desk.as('ada').call(addRule, { body: ruleOf(wish) }),
    async removeRules() {
      for (const { id } of (await desk.as('ada').call(listRules)).items)
        await desk.as('ada').call(removeRule, { params: { ruleId: id } })
    },
    /** What rules did to a ticket, newest first. */
    runs: async (ticketId: string) =>
      (await desk.as('vera').call(listRuleRuns, { query: { limit: 100 } })).items.filter(
        ({ ticket }) => ticket.id === ticketId,
      ),
    move: async (ticketId: string, status: TicketStatus) =>
      desk
        .as('nora')
        .call(moveTicket, { params: { ticketId }, body: { status, version: (await card(ticketId)).version } }),
    async note(ticketId: string, text = 'Look.') {
      await desk.as('nora').call(noteTicket, { params: { ticketId }, body: { text } })
      await desk.settle()
    },
    /** Five minutes have passed: rules that wait for time look around. */
    async lookAround() {
      const [{ job } = { job: { name: '', maxAttempts: 1 } }] = ruleSchedule
      await within((tx) => enqueue(tx, job, {}))
      await desk.settle()
    },
  }
}
