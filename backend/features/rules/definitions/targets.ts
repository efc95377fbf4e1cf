import type { RuleDefinition } from '../../../../shared/rules.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { savedRepliesOf, unfillable } from '../../drafts/index.ts'
import { categoriesIn } from '../../tickets/index.ts'

type Person = { name: string; email: string; atWork: boolean }

/** What rules may name, by its id. */
export type Targets = {
  people: ReadonlyMap<string, Person>
  mailboxes: ReadonlyMap<string, string>
  replies: ReadonlyMap<string, { title: string; texts: readonly string[] }>
  /** Those that are not retired. */
  categories: ReadonlySet<string>
}

const MOST_PEOPLE = 2_000
const MOST_MAILBOXES = 200

/** Everything that a rule may name: a few statements, however many rules there are. */
export async function targetsIn(tx: Tx): Promise<Targets> {
  const { workspaceId } = tx
  const staff = await tx.staff.findMany({
    where: { workspaceId },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_PEOPLE,
    select: { id: true, name: true, email: true, state: true, role: true },
  })
  const mailboxes = await tx.mailbox.findMany({
    where: { workspaceId },
    orderBy: { address: 'asc' },
    take: MOST_MAILBOXES,
    select: { id: true, address: true },
  })
  const replies = await savedRepliesOf(tx, null)
  const categories = await categoriesIn(tx)
  return {
    people: new Map(
      staff.map(({ id, name, email, state, role }) => [
        id,
        { name, email, atWork: state !== 'deactivated' && AT_WORK.includes(role) },
      ]),
    ),
    mailboxes: new Map(mailboxes.map(({ id, address }) => [id, address])),
    replies: new Map(
      replies.map(({ id, title, text, variants }) => [id, { title, texts: [text, ...Object.values(variants)] }]),
    ),
    categories: new Set(categories.flatMap(({ id, retired }) => (retired ? [] : [id]))),
  }
}

const AT_WORK: readonly string[] = ['agent', 'supervisor', 'admin']

/** Whether a rule names anything that may go away. */
export const namesTargets = ({ all, any, acts }: RuleDefinition): boolean =>
  [...all, ...any].some(({ about }) => about === 'mailbox' || about === 'owner_among' || about === 'category') ||
  acts.some((act) => ['assign', 'escalate', 'tell', 'reply', 'category'].includes(act.do))

/** What a rule names that is not there, in words; null when all is. */
export const missingIn = (definition: RuleDefinition, targets: Targets): string | null =>
  actsMissing(definition, targets) ?? conditionsMissing(definition, targets)

function actsMissing({ acts }: RuleDefinition, { people, replies, categories }: Targets): string | null {
  for (const act of acts) {
    const person = personOf(act)
    const known = person === null ? null : people.get(person)
    if (person !== null && !known) return 'It names a person who is not on the staff. Choose somebody else.'
    if (known && !known.atWork)
      return `${known.name} does not work on tickets any more. Choose somebody else, then switch the rule on.`
    if (act.do === 'category' && !categories.has(act.category))
      return `The category ${act.category} is retired or was never there. Choose another one.`
    if (act.do !== 'reply') continue
    const reply = replies.get(act.savedReplyId)
    if (!reply) return 'Its saved reply is gone, or is not everybody’s. Choose another one.'
    const places = [...new Set(reply.texts.flatMap(unfillable))]
    if (places.length > 0)
      return `«${reply.title}» has ${places.join(', ')} in it, which only a person can fill in. Choose another saved reply.`
  }
  return null
}

function personOf(act: RuleDefinition['acts'][number]): string | null {
  if (act.do === 'assign' || act.do === 'escalate') return act.staffId
  return act.do === 'tell' && act.whom !== 'owner' && act.whom !== 'supervisors' ? act.whom : null
}

/** One value of several that is left is enough. */
function conditionsMissing({ all, any }: RuleDefinition, { people, mailboxes, categories }: Targets): string | null {
  for (const condition of [...all, ...any]) {
    if (condition.about === 'mailbox' && !condition.values.some((id) => mailboxes.has(id)))
      return 'It asks for a mailbox that is not there any more. Choose another one.'
    if (condition.about === 'owner_among' && !condition.values.some((id) => people.get(id)?.atWork))
      return 'It asks for an owner who has left. Choose somebody else.'
    if (
      condition.about === 'category' &&
      condition.is === 'one_of' &&
      !condition.values.some((id) => categories.has(id))
    )
      return `It asks for a category that is retired or was never there: ${condition.values.join(', ')}. Choose another one.`
  }
  return null
}
