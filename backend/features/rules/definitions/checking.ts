import type { RuleAct, RuleCondition, RuleDefinition } from '../../../../shared/rules.ts'

type Listed = Extract<RuleCondition, { values: string[] }>

/**
 * Why a rule could never do what it says, in words; null when it could. Only what must all hold can exclude each other: of `any` one is enough.
 */
export const impossibleIn = (definition: RuleDefinition): string | null =>
  excluding(definition.all) ?? againstWhen(definition) ?? quarrelling(definition.acts)

const OPEN: readonly string[] = ['new', 'open', 'pending', 'on_hold']

function excluding(all: readonly RuleCondition[]): string | null {
  const listed = all.filter((one): one is Listed => 'values' in one)
  for (const about of SINGLE) {
    const left = allowed(listed.filter((one) => one.about === about))
    if (left?.length === 0)
      return `The conditions about the ${about.replace('_among', '')} exclude each other. Leave one of them out.`
  }
  return taggedAndNot(listed) ?? owning(all) ?? sleeping(all)
}

/** Of these a ticket has one at most. */
const SINGLE = ['status', 'priority', 'category', 'mailbox', 'channel', 'owner_among', 'tier'] as const

/** The values that all conditions about one thing leave; null when they name none that it must be. */
function allowed(conditions: readonly Listed[]): string[] | null {
  const wanted = conditions.filter(({ is }) => is === 'one_of').map(({ values }) => values as readonly string[])
  const [first, ...others] = wanted
  if (!first) return null
  const unwanted = conditions.filter(({ is }) => is === 'none_of').flatMap(({ values }) => values as readonly string[])
  return first.filter((value) => others.every((list) => list.includes(value)) && !unwanted.includes(value))
}

function taggedAndNot(listed: readonly Listed[]): string | null {
  const unwanted = listed.flatMap(({ about, is, values }) => (about === 'tags' && is === 'none_of' ? values : []))
  const lost = listed.find(
    ({ about, is, values }) => about === 'tags' && is === 'one_of' && values.every((tag) => unwanted.includes(tag)),
  )
  return lost ? `It asks for the tag ${lost.values.join(', ')} and for its absence. Leave one of them out.` : null
}

function owning(all: readonly RuleCondition[]): string | null {
  const asks = (is: string) => all.some((one) => one.about === 'owner' && one.is === is)
  const among = all.some((one) => one.about === 'owner_among' && one.is === 'one_of')
  if (asks('nobody') && (asks('somebody') || among))
    return 'It asks for a ticket that nobody has and that somebody has. Leave one of them out.'
  if (
    all.some(({ about }) => about === 'no_category') &&
    all.some((one) => one.about === 'category' && one.is === 'one_of')
  )
    return 'It asks for a category and for none. Leave one of them out.'
  const yesNo = (about: 'snoozed' | 'open_now') =>
    new Set(all.flatMap((one) => (one.about === about ? [one.is] : []))).size === 2
  if (yesNo('snoozed')) return 'It asks for a ticket that is snoozed and that is not. Leave one of them out.'
  return yesNo('open_now') ? 'It asks for a desk that is open and closed. Leave one of them out.' : null
}

/** Only open work sleeps, and only whom we owe an answer waits. */
function sleeping(all: readonly RuleCondition[]): string | null {
  const statuses = allowed(all.filter((one): one is Listed => one.about === 'status'))
  if (statuses === null) return null
  const isSnoozed = all.some((one) => one.about === 'snoozed' && one.is)
  if (isSnoozed && !statuses.some((status) => OPEN.includes(status)))
    return 'Only open tickets are snoozed. Choose another status, or leave out that it is snoozed.'
  if (
    all.some(({ about }) => about === 'waited') &&
    statuses.every((status) => status === 'pending' || !OPEN.includes(status))
  )
    return 'With this status no customer waits for an answer. Choose another one, or leave out the waiting time.'
  return null
}

function againstWhen({ when, all }: RuleDefinition): string | null {
  const statuses = allowed(all.filter((one): one is Listed => one.about === 'status'))
  if (when.on === 'in_status' && statuses !== null && !statuses.includes(when.status))
    return 'It waits in one status and asks for another. Make them the same, or leave the condition out.'
  if ((when.on === 'waiting' || when.on === 'before_due') && statuses?.every((status) => !OPEN.includes(status)))
    return 'A ticket with this status is not due, and nobody waits. Choose an open status.'
  if (when.on === 'before_due' && all.some((one) => one.about === 'snoozed' && one.is))
    return 'Snoozed tickets are left alone before they are due. Leave that condition out.'
  return null
}

/** Acts that take each other back. */
function quarrelling(acts: readonly RuleAct[]): string | null {
  const kinds = acts.map((act) => (act.do === 'assign_next' || act.do === 'escalate' ? 'assign' : act.do))
  const twice = ONCE.find((kind) => kinds.filter((one) => one === kind).length > 1)
  if (twice) return `It says twice ${ONCE_WORDS[twice]}. Leave one of them out.`
  const added = acts.flatMap((act) => (act.do === 'tag' ? act.tags : []))
  const both = acts.flatMap((act) => (act.do === 'untag' ? act.tags : [])).filter((tag) => added.includes(tag))
  if (both.length > 0) return `It adds the tag ${both.join(', ')} and removes it. Leave one of them out.`
  if (acts.some((act) => act.do === 'spam') && acts.length > 1)
    return 'Spam is taken out of all lists, so nothing else can be done with it. Leave the other acts out.'
  const ends = acts.some((act) => act.do === 'status' && (act.status === 'solved' || act.status === 'closed'))
  return ends && acts.some((act) => act.do === 'snooze')
    ? 'A ticket that is solved or closed cannot be snoozed. Leave one of them out.'
    : null
}

const ONCE_WORDS = {
  priority: 'what its priority becomes',
  category: 'what its category becomes',
  status: 'what its status becomes',
  assign: 'who gets it',
  snooze: 'until when it sleeps',
  reply: 'what is answered',
} as const
const ONCE = Object.keys(ONCE_WORDS) as (keyof typeof ONCE_WORDS)[]
