import {
  RULE_EVENTS,
  type RuleAct,
  type RuleCondition,
  type RuleDefinition,
  type RuleWhen,
} from '../../../../shared/rules.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import { PRIORITY_WORDS, STATUS_WORDS } from '../../tickets/index.ts'
import type { Targets } from './targets.ts'

type Names = Pick<Targets, 'people' | 'mailboxes' | 'replies'>

const small = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

const lengthOf = ({ hours, unit }: { hours: number; unit: string }): string =>
  `${hours} ${unit === 'business_hours' ? 'business hour' : 'hour'}${hours === 1 ? '' : 's'}`

/** When a rule is tried. */
export function whenWords(when: RuleWhen): string {
  if (when.on === 'event') return small(RULE_EVENTS[when.event])
  if (when.on === 'in_status') return `it has been ${small(STATUS_WORDS[when.status])} for ${lengthOf(when)}`
  if (when.on === 'waiting') return `the customer has waited for ${lengthOf(when)}`
  return `${lengthOf(when)} before it is due`
}

const CHANNELS: Record<string, string> = { mail: 'mail', call: 'call', walk_in: 'visit' }

/** A condition as people read it. */
export function conditionWords(condition: RuleCondition, names: Names): string {
  if (condition.about === 'no_category') return 'it has no category'
  if (condition.about === 'owner') return condition.is === 'nobody' ? 'nobody has it' : 'somebody has it'
  if (condition.about === 'snoozed') return condition.is ? 'it is snoozed' : 'it is not snoozed'
  if (condition.about === 'open_now') return condition.is ? 'the desk is open' : 'the desk is closed'
  if (condition.about === 'waited') return `the customer has waited for ${lengthOf({ ...condition, unit: 'hours' })}`
  if (condition.about === 'subject' || condition.about === 'message')
    return `the ${condition.about} ${condition.is} ${condition.words.map((word) => `«${word}»`).join(' or ')}`
  const values = condition.values.map((value) => nameOf(condition.about, value, names)).join(' or ')
  return `the ${ABOUT[condition.about]} ${condition.is === 'one_of' ? 'is' : 'is not'} ${values}`
}

const ABOUT: Record<Extract<RuleCondition, { values: string[] }>['about'], string> = {
  status: 'status',
  priority: 'priority',
  category: 'category',
  tags: 'tag',
  mailbox: 'mailbox',
  channel: 'channel',
  owner_among: 'owner',
  tier: 'customer',
  language: 'language',
}

function nameOf(about: RuleCondition['about'], value: string, { people, mailboxes }: Names): string {
  if (about === 'status') return small(STATUS_WORDS[value as keyof typeof STATUS_WORDS])
  if (about === 'priority') return small(PRIORITY_WORDS[value as keyof typeof PRIORITY_WORDS])
  if (about === 'mailbox') return mailboxes.get(value) ?? 'a mailbox that is gone'
  if (about === 'owner_among') return people.get(value)?.name ?? 'somebody who left'
  if (about === 'channel') return CHANNELS[value] ?? value
  if (about === 'language') return LANGUAGES[value as keyof typeof LANGUAGES]
  return about === 'tier' && value === 'vip' ? 'VIP' : value
}

/** An act as people read it. */
export function actWords(act: RuleAct, { people, replies }: Pick<Names, 'people' | 'replies'>): string {
  const named = (id: string) => people.get(id)?.name ?? 'somebody who left'
  switch (act.do) {
    case 'priority':
      return `priority set to ${small(PRIORITY_WORDS[act.priority])}`
    case 'category':
      return `category set to ${act.category}`
    case 'tag':
      return `tagged ${act.tags.join(', ')}`
    case 'untag':
      return `tag ${act.tags.join(', ')} removed`
    case 'assign':
      return act.staffId === null ? 'given to nobody' : `given to ${named(act.staffId)}`
    case 'assign_next':
      return 'given by the way of assigning'
    case 'status':
      return `status set to ${small(STATUS_WORDS[act.status])}`
    case 'snooze':
      return act.hours === null
        ? 'snoozed until the customer writes'
        : `snoozed for ${lengthOf({ hours: act.hours, unit: 'hours' })}`
    case 'note':
      return 'note added'
    case 'escalate':
      return `escalated to ${named(act.staffId)}`
    case 'tell':
      return `mail to ${act.whom === 'owner' ? 'its owner' : act.whom === 'supervisors' ? 'the supervisors' : named(act.whom)}`
    case 'reply':
      return `answered with «${replies.get(act.savedReplyId)?.title ?? 'a reply that is gone'}»`
    case 'spam':
      return 'marked as spam'
  }
}

/** A rule in words, as its page and its report show it. */
export const ruleWords = ({ when, all, any, acts }: RuleDefinition, names: Names) => ({
  when: whenWords(when),
  conditions: [
    ...all.map((condition) => conditionWords(condition, names)),
    ...(any.length > 0 ? [`one of: ${any.map((condition) => conditionWords(condition, names)).join('; ')}`] : []),
  ],
  acts: acts.map((act) => actWords(act, names)),
})
