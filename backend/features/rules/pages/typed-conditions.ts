import type { RuleCondition } from '../../../../shared/rules.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import type { Targets } from '../definitions/targets.ts'
import {
  CHANNEL_WORDS,
  codeNamed,
  hoursIn,
  listIn,
  mailboxNamed,
  mailboxText,
  PRIORITIES,
  personNamed,
  personText,
  STATUSES,
  TIERS,
} from './names.ts'

/** Kinds of conditions in the drop-down: what they are called, and what is written beside them. */
export const CONDITION_KINDS: Readonly<Record<string, string>> = {
  'status/one_of': 'Status is one of …',
  'status/none_of': 'Status is none of …',
  'priority/one_of': 'Priority is one of …',
  'priority/none_of': 'Priority is none of …',
  'category/one_of': 'Category is one of …',
  'category/none_of': 'Category is none of …',
  no_category: 'It has no category',
  'tags/one_of': 'It has one of the tags …',
  'tags/none_of': 'It has none of the tags …',
  'subject/has': 'Subject has one of the words …',
  'subject/lacks': 'Subject has none of the words …',
  'message/has': 'Newest mail has one of the words …',
  'message/lacks': 'Newest mail has none of the words …',
  'mailbox/one_of': 'Mailbox is one of …',
  'mailbox/none_of': 'Mailbox is none of …',
  'channel/one_of': 'It came by …',
  'channel/none_of': 'It did not come by …',
  'owner/nobody': 'Nobody has it',
  'owner/somebody': 'Somebody has it',
  'owner_among/one_of': 'Its owner is one of …',
  'owner_among/none_of': 'Its owner is none of …',
  'tier/one_of': 'The customer is one of …',
  'tier/none_of': 'The customer is none of …',
  'language/one_of': 'Language is one of …',
  'language/none_of': 'Language is none of …',
  'snoozed/yes': 'It is snoozed',
  'snoozed/no': 'It is not snoozed',
  'open_now/yes': 'The desk is open',
  'open_now/no': 'The desk is closed',
  waited: 'The customer has waited for … hours',
}

/** What was typed, as a condition would be; whether it is one is for its schema to say. @throws DeskError for a name that nothing has */
export function conditionIn(kind: string, typed: string, targets: Targets): unknown {
  const [about = '', is = ''] = kind.split('/')
  if (about === 'snoozed' || about === 'open_now') return { about, is: is === 'yes' }
  if (about === 'owner') return { about, is }
  if (about === 'no_category') return { about }
  if (about === 'waited') return { about, hours: hoursIn(typed) }
  if (about === 'subject' || about === 'message') return { about, is, words: listIn(typed) }
  return { about, is, values: listIn(typed).map((value) => valueIn(about, value, targets)) }
}

function valueIn(about: string, typed: string, targets: Targets): string {
  if (about === 'status') return codeNamed(typed, STATUSES, 'status')
  if (about === 'priority') return codeNamed(typed, PRIORITIES, 'priority')
  if (about === 'mailbox') return mailboxNamed(typed, targets)
  if (about === 'channel') return codeNamed(typed, CHANNEL_WORDS, 'way to come')
  if (about === 'owner_among') return personNamed(typed, targets)
  if (about === 'tier') return codeNamed(typed, TIERS, 'kind of customer')
  return about === 'language' ? codeNamed(typed, LANGUAGES, 'language') : typed
}

/** A condition as it is typed. */
export function conditionText(condition: RuleCondition, targets: Targets): { kind: string; value: string } {
  const { about } = condition
  if (about === 'no_category') return { kind: about, value: '' }
  if (about === 'waited') return { kind: about, value: String(condition.hours) }
  if (about === 'snoozed' || about === 'open_now') return { kind: `${about}/${condition.is ? 'yes' : 'no'}`, value: '' }
  const kind = `${about}/${condition.is}`
  if (about === 'owner') return { kind, value: '' }
  if (about === 'subject' || about === 'message') return { kind, value: condition.words.join(', ') }
  return { kind, value: condition.values.map((value) => valueText(about, value, targets)).join(', ') }
}

function valueText(about: string, value: string, targets: Targets): string {
  if (about === 'mailbox') return mailboxText(value, targets)
  if (about === 'owner_among') return personText(value, targets)
  const words: Readonly<Record<string, string>> | undefined = {
    status: STATUSES,
    priority: PRIORITIES,
    channel: CHANNEL_WORDS,
    tier: TIERS,
  }[about]
  return words?.[value] ?? value
}
