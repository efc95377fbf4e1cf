import type { RuleAct } from '../../../../shared/rules.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Targets } from '../definitions/targets.ts'
import {
  codeNamed,
  hoursIn,
  listIn,
  PRIORITIES,
  personNamed,
  personText,
  replyNamed,
  replyText,
  STATUSES,
} from './names.ts'

/** Kinds of acts in the drop-down: what they are called, and what is written beside them. */
export const ACT_KINDS: Readonly<Record<RuleAct['do'], string>> = {
  priority: 'Set the priority to …',
  category: 'Set the category to …',
  tag: 'Add the tags …',
  untag: 'Remove the tags …',
  assign: 'Give it to … (a person, or nobody)',
  assign_next: 'Give it by the way of assigning',
  status: 'Set the status to …',
  snooze: 'Snooze for … hours (or: answer)',
  note: 'Add the note …',
  escalate: 'Escalate to …',
  tell: 'Mail to … (owner, supervisors or a person: what it says)',
  reply: 'Answer with the saved reply …',
  spam: 'Mark as spam',
}

/** What was typed, as an act would be; whether it is one is for its schema to say. @throws DeskError for a name that nothing has */
export function actIn(kind: string, typed: string, targets: Targets): unknown {
  const value = typed.trim()
  switch (kind) {
    case 'priority':
      return { do: kind, priority: codeNamed(value, PRIORITIES, 'priority') }
    case 'category':
      return { do: kind, category: value }
    case 'tag':
    case 'untag':
      return { do: kind, tags: listIn(value) }
    case 'assign':
      return { do: kind, staffId: value.toLowerCase() === 'nobody' ? null : personNamed(value, targets) }
    case 'status':
      return { do: kind, status: codeNamed(value, STATUSES, 'status') }
    case 'snooze':
      return { do: kind, hours: value.toLowerCase() === 'answer' ? null : hoursIn(value) }
    case 'note':
      return { do: kind, text: value }
    case 'escalate':
      return { do: kind, staffId: personNamed(value, targets) }
    case 'tell':
      return { do: kind, ...toldIn(value, targets) }
    case 'reply':
      return { do: kind, savedReplyId: replyNamed(value, targets) }
    default:
      return { do: kind }
  }
}

/** `owner: look at it`. */
function toldIn(value: string, targets: Targets): { whom: string; text: string } {
  const [whom = '', ...rest] = value.split(':')
  if (whom.trim() === '')
    throw new DeskError('invalid_request', 'Write to whom the mail goes: owner, supervisors, or a person.')
  const named = whom.trim().toLowerCase()
  return {
    whom: named === 'owner' || named === 'supervisors' ? named : personNamed(whom, targets),
    text: rest.join(':').trim(),
  }
}

/** An act as it is typed. */
export function actText(act: RuleAct, targets: Targets): { kind: string; value: string } {
  return { kind: act.do, value: valueText(act, targets) }
}

function valueText(act: RuleAct, targets: Targets): string {
  switch (act.do) {
    case 'priority':
      return PRIORITIES[act.priority] ?? act.priority
    case 'category':
      return act.category
    case 'tag':
    case 'untag':
      return act.tags.join(', ')
    case 'assign':
      return act.staffId === null ? 'nobody' : personText(act.staffId, targets)
    case 'status':
      return STATUSES[act.status] ?? act.status
    case 'snooze':
      return act.hours === null ? 'answer' : String(act.hours)
    case 'note':
      return act.text
    case 'escalate':
      return personText(act.staffId, targets)
    case 'tell': {
      const whom = act.whom === 'owner' || act.whom === 'supervisors' ? act.whom : personText(act.whom, targets)
      return act.text === '' ? whom : `${whom}: ${act.text}`
    }
    case 'reply':
      return replyText(act.savedReplyId, targets)
    default:
      return ''
  }
}
