import type { Dimension, Measure, ReportFilter } from '../../../../shared/analytics.ts'
import { html } from '../../../platform/html.ts'
import { zoneList } from '../../settings/index.ts'
import { addressOf } from '../reports/addressing.ts'
import type { Choices } from '../reports/choices.ts'
import type { ReportScope } from '../reports/reading.ts'
import { type Asked, PRESET_WORDS } from './asked.ts'

const INTERVAL_WORDS = [
  ['', 'As fits the period'],
  ['hour', 'Hour'],
  ['day', 'Day'],
  ['week', 'Week'],
  ['month', 'Month'],
] as const

/** What goes along with every press of a page, beside what its form holds. */
type Kept = { metric?: string; measure?: Measure }

/** An address of a page: with the name of its period, which moves with the days, or with its days. */
export function addressFor(path: string, { scope, preset }: Pick<Asked, 'scope' | 'preset'>, kept: Kept = {}): string {
  const { from, to, ...rest } = scope
  if (preset === null) return addressOf(path, { ...scope, ...kept })
  const address = addressOf(path, { ...rest, ...kept })
  return `${address}${address.includes('?') ? '&' : '?'}period=${preset}`
}

/** @param hasPeriod false where days are not for anybody to choose */
type Offered = { choices: Choices; zone: string; kept?: Kept; hasPeriod?: boolean }

/** Periods to choose with one press, and everything else in a form that keeps what was typed. */
export const filterForm = (path: string, asked: Asked, { choices, zone, kept = {}, hasPeriod = true }: Offered) => html`
  ${
    hasPeriod &&
    html`<nav class="row no-print" aria-label="Period">
    ${PRESET_WORDS.map(
      ([name, words]) =>
        html`<a href=${addressFor(path, { ...asked, preset: name }, kept)} aria-current=${asked.preset === name ? 'true' : undefined}>${words}</a>`,
    )}
  </nav>`
  }
  <details class="no-print" id="filters" open=${asked.problem !== null}>
    <summary>${hasPeriod ? 'Period and filters' : 'Filters'}${filterCount(asked.scope, choices)}</summary>
    <form method="get" action=${path} class="filters">
      ${Object.entries(kept).map(([name, value]) => html`<input type="hidden" name=${name} value=${value} />`)}
      ${
        hasPeriod &&
        html`<label>From<input type="date" name="from" value=${asked.scope.from} /></label>
      <label>To<input type="date" name="to" value=${asked.scope.to} /></label>
      <label>Time zone<input name="zone" value=${asked.scope.zone ?? ''} placeholder=${zone} autocomplete="off" spellcheck="false" list="zones" /></label>
      ${zoneList()}
      <label>By<select name="interval">${INTERVAL_WORDS.map(
        ([value, words]) =>
          html`<option value=${value} selected=${value === (asked.scope.interval ?? '')}>${words}</option>`,
      )}</select></label>`
      }
      ${choices.map((filter) => choiceList(filter, asked.scope))}
      <p class="row"><button>Show</button> <a href=${addressOf(path, kept)}>Without filters</a></p>
    </form>
  </details>`

const wantedOf = (scope: ReportScope, dimension: Dimension): readonly string[] => scope[dimension] ?? []

function filterCount(scope: ReportScope, choices: Choices): string {
  const count = choices.filter(({ dimension }) => wantedOf(scope, dimension).length > 0).length
  return count === 0 ? '' : ` (${count} set)`
}

/** What is chosen stays in the list, also when it is no choice any more. */
function choiceList({ dimension, label, choices }: ReportFilter, scope: ReportScope) {
  const wanted = wantedOf(scope, dimension)
  const strange = wanted.filter((value) => !choices.some((one) => one.value === value))
  const all = [...choices, ...strange.map((value) => ({ value, label: value }))]
  return html`<details open=${wanted.length > 0} id=${`filter-${dimension}`}>
    <summary>${label}</summary>
    <fieldset><legend class="sr">${label}</legend>${all.map(
      ({ value, label: words }) =>
        html`<label class="choice"><input type="checkbox" name=${dimension} value=${value} checked=${wanted.includes(value)} /> ${words}</label>`,
    )}</fieldset>
  </details>`
}
