import { RULE_EVENTS, RULE_STATES, type RuleDefinition, RuleInput, type RuleWhen } from '../../../../shared/rules.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Targets } from '../definitions/targets.ts'
import { hoursIn, STATUSES } from './names.ts'
import { ACT_KINDS, actIn, actText } from './typed-acts.ts'
import { CONDITION_KINDS, conditionIn, conditionText } from './typed-conditions.ts'

export type Line = { kind: string; value: string }
/** A rule as it is typed. */
export type RuleFields = {
  name: string
  on: boolean
  when: string
  hours: string
  unit: string
  all: Line[]
  any: Line[]
  acts: Line[]
}
export type LineGroup = 'all' | 'any' | 'acts'

/** What may stand after «When». */
export const WHEN_KINDS: Readonly<Record<string, string>> = {
  ...RULE_EVENTS,
  ...Object.fromEntries(
    RULE_STATES.map((status) => [`in_status/${status}`, `It has been ${STATUSES[status]?.toLowerCase()} for … hours`]),
  ),
  waiting: 'The customer has waited for … hours',
  before_due: '… hours before it is due',
}

const MOST_LINES = 12

export function fieldsIn(form: URLSearchParams): RuleFields {
  const text = (name: string) => form.get(name) ?? ''
  const lines = (group: LineGroup): Line[] =>
    Array.from({ length: MOST_LINES }, (_, n) => ({
      kind: text(`${group}.${n}.kind`),
      value: text(`${group}.${n}.value`),
    })).filter(({ kind, value }) => kind !== '' || value.trim() !== '')
  return {
    name: text('name'),
    on: form.has('on'),
    when: text('when'),
    hours: text('hours'),
    unit: text('unit'),
    all: lines('all'),
    any: lines('any'),
    acts: lines('acts'),
  }
}

export const NEW_RULE: RuleFields = {
  name: '',
  on: true,
  when: 'ticket_created',
  hours: '',
  unit: 'hours',
  all: [],
  any: [],
  acts: [],
}

export const fieldsOf = (
  { name, when, all, any, acts }: RuleDefinition,
  on: boolean,
  targets: Targets,
): RuleFields => ({
  name,
  on,
  when: when.on === 'event' ? when.event : when.on === 'in_status' ? `in_status/${when.status}` : when.on,
  hours: when.on === 'event' ? '' : String(when.hours),
  unit: when.on === 'event' ? 'hours' : when.unit,
  all: all.map((one) => conditionText(one, targets)),
  any: any.map((one) => conditionText(one, targets)),
  acts: acts.map((one) => actText(one, targets)),
})

/** @throws DeskError invalid_request, with words that name the line */
export function ruleInput(fields: RuleFields, targets: Targets): RuleInput {
  const input = RuleInput.safeParse({
    name: fields.name,
    on: fields.on,
    when: whenIn(fields),
    all: fields.all.map((line) => read(line, CONDITION_KINDS, targets, conditionIn)),
    any: fields.any.map((line) => read(line, CONDITION_KINDS, targets, conditionIn)),
    acts: fields.acts.map((line) => read(line, ACT_KINDS, targets, actIn)),
  })
  if (input.success) return input.data
  const [issue] = input.error.issues
  throw new DeskError('invalid_request', `${placeOf(fields, issue?.path ?? [])}${issue?.message ?? 'This is no rule.'}`)
}

function whenIn({ when, hours, unit }: RuleFields): unknown {
  if (when in RULE_EVENTS) return { on: 'event', event: when }
  const [on = '', status] = when.split('/')
  return { on, status, hours: hoursIn(hours), unit } satisfies Record<
    keyof Extract<RuleWhen, { on: 'in_status' }>,
    unknown
  >
}

/** @throws DeskError with the name of the line before the reason */
function read(
  { kind, value }: Line,
  kinds: Readonly<Record<string, string>>,
  targets: Targets,
  into: (kind: string, value: string, targets: Targets) => unknown,
): unknown {
  const label = kinds[kind]
  if (label === undefined) throw new DeskError('invalid_request', `Choose what «${value}» is about.`)
  try {
    return into(kind, value, targets)
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    throw new DeskError(error.code, `${label}: ${error.message}`)
  }
}

function placeOf(fields: RuleFields, [group, line]: readonly PropertyKey[]): string {
  if ((group !== 'all' && group !== 'any' && group !== 'acts') || typeof line !== 'number') return ''
  const kinds: Readonly<Record<string, string>> = group === 'acts' ? ACT_KINDS : CONDITION_KINDS
  return `${kinds[fields[group][line]?.kind ?? ''] ?? ''}: `
}
