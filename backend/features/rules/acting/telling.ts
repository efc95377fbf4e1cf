import type { RuleAct } from '../../../../shared/rules.ts'
import type { Ctx } from '../../../context.ts'
import type { RuleActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { notify, peopleOf, person, ticketPath } from '../../notices/index.ts'
import { formatNumber } from '../../tickets/index.ts'
import type { Facts } from '../judging/facts.ts'

type Telling = { act: Extract<RuleAct, { do: 'tell' }>; facts: Facts; runId: string; by: RuleActor }

/** Writes to people of the staff. @throws DeskError when there is nobody to write to, or no mailbox to write from */
export async function tellOf(ctx: Ctx, tx: Tx, { act, facts, runId, by }: Telling): Promise<boolean> {
  const people = await whom(tx, act.whom, facts.assigneeId)
  if (people.length === 0) throw new DeskError('invalid_request', 'Nobody has the ticket, so nobody was told.')
  const number = formatNumber(facts.number)
  const lines = [
    ...(act.text === '' ? [] : [act.text, '']),
    `${by.name} tells you of ${number}. Its card in Gmail has the rest.`,
  ]
  await notify(ctx, tx, people, {
    kind: 'rule',
    about: `rule/${runId}/${act.whom}`,
    subject: `${number}: ${by.name}`,
    lines,
    path: ticketPath(facts.ticketId),
    number,
  })
  return true
}

function whom(tx: Tx, to: string, assigneeId: string | null) {
  if (to === 'supervisors') return peopleOf(tx, 'supervisor')
  const id = to === 'owner' ? assigneeId : to
  return id === null ? Promise.resolve([]) : person(tx, id)
}
