import { DIMENSIONS, type Dimension, INTERVALS, type Interval } from '../../../../shared/analytics.ts'
import { dayAfter } from '../figures/zones.ts'
import type { Choices } from '../reports/choices.ts'
import type { ReportScope } from '../reports/reading.ts'

/** What an address asks for, and what is wrong with it, in words. What was typed is kept. */
export type Asked = {
  scope: ReportScope
  /** The name of a period that moves with the days; null for days that somebody chose. */
  preset: PresetName | null
  problem: string | null
}

const PRESETS = {
  today: ['Today', (today: string) => today],
  '7d': ['7 days', (today: string) => dayAfter(today, -6)],
  '28d': ['28 days', (today: string) => dayAfter(today, -27)],
  '90d': ['90 days', (today: string) => dayAfter(today, -89)],
  month: ['This month', (today: string) => `${today.slice(0, 8)}01`],
  year: ['This year', (today: string) => `${today.slice(0, 5)}01-01`],
} as const

export type PresetName = keyof typeof PRESETS
export const USUAL_PRESET: PresetName = '90d'
export const PRESET_WORDS = Object.entries(PRESETS).map(([name, [words]]) => [name as PresetName, words] as const)

const isPreset = (name: string | null): name is PresetName => name !== null && Object.hasOwn(PRESETS, name)

/** @param today by the clocks of the workspace, YYYY-MM-DD */
export function askedIn(query: URLSearchParams, today: string): Asked {
  const [name, from, to] = ['period', 'from', 'to'].map((one) => query.get(one)?.trim() || null) as [
    string | null,
    string | null,
    string | null,
  ]
  const preset = from === null && to === null ? (isPreset(name) ? name : USUAL_PRESET) : null
  const days =
    preset === null ? { from: from ?? to ?? today, to: to ?? today } : { from: PRESETS[preset][1](today), to: today }
  const { interval, problem: wrongInterval } = intervalIn(query)
  const zone = query.get('zone')?.trim() || undefined
  const filters = Object.fromEntries(
    DIMENSIONS.map((one) => [one, query.getAll(one).filter((value) => value !== '')]).filter(
      ([, values]) => values?.length,
    ),
  ) as Partial<Record<Dimension, string[]>>
  const wrongDay = [days.from, days.to].find((day) => !isDay(day))
  const problem = [
    wrongDay === undefined ? null : `«${wrongDay}» is no day. One looks like ${today}.`,
    name !== null && !isPreset(name) ? `There is no period «${name}».` : null,
    wrongInterval,
  ].find((words) => words !== null)
  return {
    scope: { ...days, ...(zone && { zone }), ...(interval && { interval }), ...filters },
    preset,
    problem: problem ?? null,
  }
}

function intervalIn(query: URLSearchParams): { interval: Interval | undefined; problem: string | null } {
  const name = query.get('interval')?.trim()
  if (!name) return { interval: undefined, problem: null }
  const interval = INTERVALS.find((one) => one === name)
  return { interval, problem: interval ? null : `Figures cannot be told by «${name}».` }
}

/** YYYY-MM-DD that is in the calendar. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text)
}

/** A row of a figure leads to what nobody chooses any more, or what is not among the first hundred: it is named by its id, or by nothing. */
const isId = (value: string): boolean => value === 'none' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

/** A filter that nobody could have chosen, in words; null when all are known. */
export function strangeFilter(scope: ReportScope, choices: Choices): string | null {
  for (const { dimension, label, choices: known } of choices) {
    if (dimension === 'tag') continue // tags of finished tickets are not among the choices
    const strange = (scope[dimension] ?? []).find((value) => !isId(value) && !known.some((one) => one.value === value))
    if (strange !== undefined) return `${label} «${strange}» is not known here. Choose from the filters.`
  }
  return null
}
