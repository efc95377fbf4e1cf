import type { GivenHow, GivingProblem } from '../../../shared/assignment.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { present, remark, section } from '../../platform/panel.ts'
import { type CardPart, cardPart } from '../tickets/index.ts'
import { HOW_WORDS, PROBLEM_WORDS } from './words.ts'

type Row = {
  state: 'waiting' | 'given'
  staffId: string | null
  name: string | null
  how: GivenHow | null
  problem: GivingProblem | null
}

/** Why somebody was given the ticket, or why nobody was yet; nothing where a person decided. */
export const assignmentPart: CardPart = cardPart<Row | null>({
  name: 'assignment',
  sql: () => Prisma.sql`
    select json_build_object('state', g.state, 'staffId', g.staff_id, 'name', gs.name, 'how', g.how, 'problem', g.problem)
    from desk.ticket_giving g left join desk.staff gs on gs.workspace_id = g.workspace_id and gs.id = g.staff_id
    where g.workspace_id = t.workspace_id and g.ticket_id = t.id and (g.state = 'waiting' or g.staff_id = t.assignee_id)`,
  present: (_ctx, { actor }, row) => {
    const words = row && wordsOf(row, actor.id)
    return present(section(null, words ? remark(words) : null))
  },
})

function wordsOf({ how, problem, staffId, name }: Row, me: string | null): string | null {
  if (how !== null) return `Given to ${staffId === me ? 'you' : name}: ${HOW_WORDS[how]}.`
  return problem && PROBLEM_WORDS[problem]
}
