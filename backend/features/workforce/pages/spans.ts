import type { WorkSpan } from '../../../../shared/workforce.ts'
import { html } from '../../../platform/html.ts'
import { timeIn } from '../../settings/index.ts'
import { clockIn, wallIn } from '../wall-times.ts'
import { HOW_WORDS, REASON_WORDS, spanWords } from '../words.ts'

type At = { now: Date; zone: string; day: string }

/** Work of a day as a list: when, which breaks, and what was corrected. @param below what a page adds under each */
export const spansView = (spans: readonly WorkSpan[], at: At, below: (span: WorkSpan) => unknown = () => null) =>
  spans.length === 0 ? html`<p>No times on this day.</p>` : html`${spans.map((span) => spanSection(span, at, below))}`

const spanSection = (span: WorkSpan, at: At, below: (span: WorkSpan) => unknown) => html`
  <section aria-label=${timesWords(span, at)}>
    <h2>${timesWords(span, at)} <span class="soft">${spanWords(lengthOf(span, at.now))}</span></h2>
    ${span.how !== null && span.how !== 'self' && html`<p class=${span.how === 'forgotten' ? 'bad' : 'soft'}>${endWords(span)}</p>`}
    ${span.breaks.length > 0 && html`<ul>${span.breaks.map((each) => breakLine(each, at))}</ul>`}
    ${span.corrections.map((each) => correctionLine(each, at.zone))}
    ${below(span)}
  </section>`

/** 09:00 to 17:00; of another day with its day. */
export function timesWords({ startedAt, endedAt }: Pick<WorkSpan, 'startedAt' | 'endedAt'>, at: At): string {
  return `${momentWords(startedAt, at)} ${endedAt === null ? 'until now' : `to ${momentWords(endedAt, at)}`}`
}

function momentWords(iso: string, { zone, day }: At): string {
  const moment = new Date(iso)
  return wallIn(zone, moment).startsWith(day) ? clockIn(zone, moment) : timeIn(zone, moment)
}

const lengthOf = ({ startedAt, endedAt }: Pick<WorkSpan, 'startedAt' | 'endedAt'>, now: Date): number =>
  (endedAt === null ? now.getTime() : Date.parse(endedAt)) - Date.parse(startedAt)

function endWords({ how, endedBy, reason }: WorkSpan): string {
  const words = how === 'supervisor' && endedBy ? `ended by ${endedBy}` : HOW_WORDS[how ?? 'self']
  return `Log-out: ${words}${reason ? ` (${REASON_WORDS[reason]})` : ''}.`
}

function breakLine(each: WorkSpan['breaks'][number], at: At) {
  const over = Math.floor(lengthOf(each, at.now) / 60_000) - each.allowedMinutes
  return html`<li>${each.label}, ${timesWords(each, at)}: ${spanWords(lengthOf(each, at.now))} of ${each.allowedMinutes} min
    ${over > 0 && html`<strong class="bad"> ${over} min over</strong>`}</li>`
}

const correctionLine = ({ by, at, word, before }: WorkSpan['corrections'][number], zone: string) => html`
  <p class="soft">${before === null ? 'Added' : 'Corrected'} by ${by}, ${timeIn(zone, new Date(at))}: ${word}
    ${before && html`<br />Before: ${wasWords(before, zone)}`}</p>`

const wasWords = (
  { startedAt, endedAt, breaks }: NonNullable<WorkSpan['corrections'][number]['before']>,
  zone: string,
): string => {
  const stretch = (one: { startedAt: string; endedAt: string | null }) =>
    `${timeIn(zone, new Date(one.startedAt))} to ${one.endedAt === null ? 'now' : clockIn(zone, new Date(one.endedAt))}`
  const taken = breaks.length === 0 ? '' : `; breaks ${breaks.map(stretch).join(', ')}`
  return `${stretch({ startedAt, endedAt })}${taken}`
}
