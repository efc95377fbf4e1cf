import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneList } from '../../settings/index.ts'
import { readRules, writeRules } from '../rules/writing.ts'
import { hoursOf, type TypedHours, typedHours, WEEKDAYS } from './typed-hours.ts'

const PATH = '/settings/hours'

type Told = { typed: TypedHours | null; problem: string | null }

export const hoursPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { typed: null, problem: null }), {
  word: 'Business hours',
  group: 'Work',
})

export const hoursForm = submission(PATH, LEADS, (ctx: Ctx, visit: Visit) => {
  const typed = typedIn(visit.form)
  return orShowAgain(
    async () => {
      const hours = hoursOf(typed)
      const { workspaceId } = visit.actor
      const rules = await inWorkspace(ctx, workspaceId, readRules, { reads: true })
      await writeRules(ctx, { ...rules, hours, version: Number(visit.form.get('version')) }, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { typed, problem }),
  )
})

const typedIn = (form: URLSearchParams): TypedHours => ({
  timeZone: form.get('timeZone') ?? '',
  days: WEEKDAYS.map((_, at) => form.get(`day.${at}`) ?? ''),
  special: form.get('special') ?? '',
})

async function shown(ctx: Ctx, visit: Visit, { typed, problem }: Told) {
  const { hours, version } = await inWorkspace(ctx, visit.actor.workspaceId, readRules, { reads: true })
  return { title: 'Business hours', body: view(visit, typed ?? typedHours(hours), { problem, version }) }
}

const view = (
  visit: Visit,
  { timeZone, days, special }: TypedHours,
  told: { problem: string | null; version: number },
) => html`
  <h1>Business hours</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. Open tickets are counted anew within a minute or two.</p>`}
  ${told.problem && html`<p class="bad" role="alert">${told.problem}</p>`}
  <p>Policies that count opening hours only count these. What a ticket has used is kept: the same time is counted again by the new hours.</p>
  <form method="post" action=${PATH}>
    ${formToken(visit)}<input type="hidden" name="version" value=${told.version} />
    <section>
      <label>Time zone<small>for example Europe/London</small>
        <input name="timeZone" value=${timeZone} autocomplete="off" list="zones" required /></label>
      ${zoneList()}
    </section>
    <section>
      <h2>Every week</h2>
      <p class="soft">09:00-12:30, 13:30-18:00. Nothing is closed; 24:00 is the end of the day.</p>
      ${WEEKDAYS.map((name, at) => html`<label>${name}<input name=${`day.${at}`} value=${days[at] ?? ''} autocomplete="off" /></label>`)}
    </section>
    <section>
      <label>Holidays and special days<small>a line each: 2026-12-24 09:00-12:00 Christmas Eve, or 2026-12-25 to 2027-01-01 closed. Of two lines for one day the shorter span counts.</small>
        <textarea name="special" rows="8">${special}</textarea></label>
    </section>
    <button>Save</button>
  </form>`
