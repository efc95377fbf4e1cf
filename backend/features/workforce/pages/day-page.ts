import { LEADS } from '../../../../shared/roles.ts'
import {
  type BreakKind,
  ENDING_REASONS,
  EndingReason,
  WORK_WORD,
  type Work,
  type WorkSpan,
} from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { endForSomebody } from '../acting.ts'
import { breakKindsIn } from '../breaks/kinds.ts'
import { addTimes, correctTimes } from '../clocking/correcting.ts'
import { workDayOf } from '../clocking/days.ts'
import { workOf } from '../clocking/standing.ts'
import { shiftsOfDay } from '../shifts/planning-days.ts'
import type { ShiftRow } from '../shifts/reading.ts'
import { dayWords, hoursWords } from '../shifts/words.ts'
import { REASON_WORDS } from '../words.ts'
import { dayAsked, dayLinks } from './day-links.ts'
import { spansView } from './spans.ts'
import { timesForm } from './times-form.ts'
import { fieldsIn, fieldsOf, type TimeFields, timesIn } from './typed-times.ts'

const PATH = '/desk/team/:staffId'

/** A refused form, to be shown again where it stood. */
type Refused = { problem: string; sessionId: string | null; fields: TimeFields } | null

/** A person's day for whoever leads: when they were at work, and what is to be corrected. */
export const dayPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, visit.query, null))

export const correctionForm = submission(`${PATH}/sessions/:sessionId`, LEADS, (ctx, visit) => {
  const sessionId = visit.params['sessionId'] ?? ''
  return kept(ctx, visit, sessionId, async (fields) => {
    const { zone, spans } = await factsFor(ctx, visit, visit.form)
    const before = spans.find(({ id }) => id === sessionId)
    if (!before) throw new DeskError('not_found', 'These times are not of this day. Open the day again.')
    const wish = { ...timesIn(fields, zone, before), word: wordIn(fields), version: Number(fields['version']) }
    await correctTimes(ctx, sessionId, wish, visit.actor)
  })
})

export const additionForm = submission(`${PATH}/sessions`, LEADS, (ctx, visit) =>
  kept(ctx, visit, null, async (fields) => {
    const zone = await inWorkspace(ctx, visit.actor.workspaceId, zoneOf, { reads: true })
    await addTimes(ctx, staffIn(visit), { ...timesIn(fields, zone, null), word: wordIn(fields) }, visit.actor)
  }),
)

export const endingForm = submission(`${PATH}/ending`, LEADS, (ctx, visit) =>
  kept(ctx, visit, null, async (fields) => {
    const reason = EndingReason.safeParse(fields['reason'])
    if (!reason.success) throw new DeskError('invalid_request', 'Choose a reason.')
    const what = fields['what'] === 'break' ? 'break' : 'work'
    await endForSomebody(ctx, staffIn(visit), { what, reason: reason.data }, visit.actor)
  }),
)

const staffIn = ({ params }: Visit): string => params['staffId'] ?? ''
const pathOf = (visit: Visit): string => PATH.replace(':staffId', staffIn(visit))

function wordIn(fields: TimeFields): string {
  const word = fields['word'] ?? ''
  if (word === '' || word.length > WORK_WORD)
    throw new DeskError(
      'invalid_request',
      `Write why, in 1 to ${WORK_WORD} characters: they read it beside their times.`,
    )
  return word
}

/** Does what a form asks, and shows the day again: with all that was typed when it was refused. */
const kept = (ctx: Ctx, visit: Visit, sessionId: string | null, act: (fields: TimeFields) => Promise<void>) => {
  const fields = fieldsIn(visit.form)
  return orShowAgain(
    async () => {
      await act(fields)
      return `${pathOf(visit)}?${new URLSearchParams({ day: fields['day'] ?? '', saved: '1' })}`
    },
    (problem) => shown(ctx, visit, visit.form, { problem, sessionId, fields }),
  )
}

type Facts = {
  now: Date
  zone: string
  day: string
  name: string
  spans: WorkSpan[]
  work: Work
  kinds: readonly BreakKind[]
  plan: ShiftRow[]
}

/** @param asked names the day */
const factsFor = (ctx: Ctx, visit: Visit, asked: URLSearchParams): Promise<Facts> =>
  inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => {
      const zone = await zoneOf(tx)
      const day = dayAsked(asked, dayIn(zone, tx.now))
      const { staff, items: spans } = await workDayOf(ctx, tx, staffIn(visit), day)
      const work = await workOf(tx, staffIn(visit))
      const plan = await shiftsOfDay(tx, zone, { staffId: staff.id, day })
      return { now: tx.now, zone, day, name: staff.name, spans, work, kinds: await breakKindsIn(tx), plan }
    },
    { reads: true },
  )

async function shown(ctx: Ctx, visit: Visit, asked: URLSearchParams, refused: Refused) {
  const facts = await factsFor(ctx, visit, asked)
  return { title: `${facts.name}, ${dayWords(facts.day)}`, body: view(visit, facts, refused) }
}

const view = (visit: Visit, facts: Facts, refused: Refused) => html`
  <h1>${facts.name}, ${dayWords(facts.day)}</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved.</p>`}
  ${refused && html`<p class="bad" role="alert">${refused.problem}</p>`}
  ${dayLinks(pathOf(visit), facts.day, dayIn(facts.zone, facts.now))}
  <p>Planned: ${facts.plan.map((shift) => hoursWords(facts.zone, shift)).join(', ') || 'nothing'} · <a href=${`${pathOf(visit)}/plan?day=${facts.day}`}>Plan and leave</a></p>
  ${facts.work.session && endings(visit, facts)}
  ${spansView(facts.spans, facts, (span) => correction(visit, facts, span, refused))}
  ${addition(visit, facts, refused)}
  <p class="soft">Times are those of ${facts.zone}.</p>`

const endings = (visit: Visit, { name, work, day }: Facts) => html`
  <section aria-label="Right now"><h2>Right now</h2>
    <p>${name} is ${work.session?.onBreak ? `on a break (${work.session.onBreak.label})` : 'at work'}.</p>
    <form method="post" action=${`${pathOf(visit)}/ending`}>
      ${formToken(visit)}<input type="hidden" name="day" value=${day} />
      <label>Reason<select name="reason">${ENDING_REASONS.map(
        (reason) => html`<option value=${reason}>${REASON_WORDS[reason]}</option>`,
      )}</select></label>
      ${work.session?.onBreak && html`<button name="what" value="break" class="second">End the break</button> `}
      <button name="what" value="work" class="second">Log ${name} out</button>
    </form>
  </section>`

const correction = (visit: Visit, { zone, kinds, day }: Facts, span: WorkSpan, refused: Refused) => {
  const again = refused?.sessionId === span.id ? refused.fields : null
  return html`<details open=${again !== null}><summary>Correct these times</summary>
    ${timesForm(visit, {
      path: `${pathOf(visit)}/sessions/${span.id}`,
      fields: again ?? fieldsOf(span, zone),
      version: again?.['version'] ?? String(span.version), // what was typed is about what was seen
      kinds,
      day,
      button: 'Save the times',
    })}</details>`
}

const addition = (visit: Visit, { kinds, day }: Facts, refused: Refused) => {
  const again = refused && refused.sessionId === null && 'start' in refused.fields ? refused.fields : null
  return html`<section aria-label="Add times"><details open=${again !== null}><summary>Add times that nobody logged</summary>
    ${timesForm(visit, { path: `${pathOf(visit)}/sessions`, fields: again ?? {}, version: null, kinds, day, button: 'Add the times' })}</details></section>`
}
