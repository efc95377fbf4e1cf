import { CUSTOMER_TIERS, SLA_TARGETS, SlaPolicy } from '../../../../shared/sla.ts'
import { TICKET_PRIORITIES } from '../../../../shared/tickets.ts'
import { DeskError } from '../../../platform/errors.ts'
import { TARGET_WORDS } from '../showing/words.ts'
import { lengthText, minutesOf } from './typed-length.ts'

/** A policy as it is typed, every field by its name. */
export type PolicyFields = {
  text: Record<string, string>
  categories: string[]
  tiers: string[]
  mailboxIds: string[]
  exempt: boolean
  raisePriority: boolean
}

export const targetField = (priority: string, target: string) => `${priority}.${target}`

export const fieldsIn = (form: URLSearchParams): PolicyFields => ({
  text: Object.fromEntries(form),
  categories: form.getAll('category'),
  tiers: form.getAll('tier'),
  mailboxIds: form.getAll('mailbox'),
  exempt: form.has('exempt'),
  raisePriority: form.has('raisePriority'),
})

export const fieldsOf = (policy: SlaPolicy): PolicyFields => ({
  text: {
    name: policy.name,
    unit: policy.unit,
    warnPercent: policy.warnPercent === null ? '' : String(policy.warnPercent),
    warnMinutes: policy.warnMinutes === null ? '' : String(policy.warnMinutes),
    tellWarning: policy.onWarning.tell,
    tellBreach: policy.onBreach.tell,
    reassignTo: policy.onBreach.reassignTo ?? '',
    ...Object.fromEntries(
      TICKET_PRIORITIES.flatMap((priority) =>
        SLA_TARGETS.map((target) => [
          targetField(priority, target),
          lengthText(policy.targets[priority][target], policy.unit),
        ]),
      ),
    ),
  },
  categories: policy.categories,
  tiers: policy.tiers,
  mailboxIds: policy.mailboxIds,
  exempt: policy.exempt,
  raisePriority: policy.onBreach.raisePriority,
})

/** @throws DeskError invalid_request, with words that name the field */
export function policyOf(
  id: string,
  { text, categories, tiers, mailboxIds, exempt, raisePriority }: PolicyFields,
): SlaPolicy {
  const isDefault = id === 'default'
  const targets = Object.fromEntries(
    TICKET_PRIORITIES.map((priority) => [
      priority,
      Object.fromEntries(
        SLA_TARGETS.map((target) => [
          target,
          minutesOf(text[targetField(priority, target)] ?? '', `${TARGET_WORDS[target]}, ${priority}`),
        ]),
      ),
    ]),
  )
  const policy = SlaPolicy.safeParse({
    id,
    name: text['name'] ?? '',
    categories: isDefault ? [] : categories,
    tiers: isDefault ? [] : CUSTOMER_TIERS.filter((tier) => tiers.includes(tier)),
    mailboxIds: isDefault ? [] : mailboxIds,
    unit: text['unit'],
    targets,
    exempt: !isDefault && exempt,
    warnPercent: wholeOf(text['warnPercent']),
    warnMinutes: wholeOf(text['warnMinutes']),
    onWarning: { tell: text['tellWarning'] },
    onBreach: { tell: text['tellBreach'], raisePriority, reassignTo: text['reassignTo'] || null },
  })
  if (!policy.success) throw new DeskError('invalid_request', policy.error.issues[0]?.message ?? 'This is no policy.')
  refuseAimless(policy.data)
  return policy.data
}

/** Nothing is null; what is no number is refused by its schema. */
const wholeOf = (typed = ''): number | null => {
  const text = typed.trim()
  return text === '' ? null : /^\d{1,5}$/.test(text) ? Number(text) : 0
}

/** A policy without any target would never take a ticket. */
function refuseAimless({ id, exempt, targets }: SlaPolicy): void {
  const none = Object.values(targets).every((row) => Object.values(row).every((minutes) => minutes === null))
  if (none && !exempt && id !== 'default')
    throw new DeskError('invalid_request', 'Give it at least one target, or tick that its tickets have none.')
}
