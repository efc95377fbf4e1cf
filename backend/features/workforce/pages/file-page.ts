import { LEADS } from '../../../../shared/roles.ts'
import { MOST_DAYS, MOST_LINES, type ShiftImport } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, page, submission, type View, type Visit, zoneOf } from '../../settings/index.ts'
import { exportShifts } from '../files/exporting.ts'
import { previewFile, saveFile } from '../files/importing.ts'
import { laterBy, mondayOf } from '../shifts/days.ts'
import { dayWords } from '../shifts/words.ts'
import { daysAsked } from './asked-days.ts'

const PATH = '/desk/team/file'

/** Shifts from a file, and as a file. */
export const filePage = page(PATH, LEADS, async (ctx, visit) => ({
  title: 'Shifts as a file',
  body: view(visit, await todayOf(ctx, visit), null),
}))

/** Looks first: saved is what was shown, when it is sent once more. */
export const fileForm = submission(PATH, LEADS, async (ctx, visit) => {
  const csv = visit.form.get('csv') ?? ''
  if (csv.trim() === '') throw new DeskError('invalid_request', 'Paste the lines of the file first.')
  const saves = visit.form.get('say') === 'save'
  const result = await (saves ? saveFile : previewFile)(ctx, csv, visit.actor)
  return {
    title: 'Shifts as a file',
    body: result.saved ? savedView(result) : view(visit, await todayOf(ctx, visit), result),
  }
})

export const fileDownload = page(`${PATH}/shifts`, LEADS, async (ctx, visit) => {
  const days = daysAsked(visit.query, await todayOf(ctx, visit), MOST_DAYS)
  return { flow: await exportShifts(ctx, days, visit.actor) }
})

const todayOf = (ctx: Ctx, { actor }: Visit): Promise<string> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => dayIn(await zoneOf(tx), tx.now), { reads: true })

const view = (visit: Visit, today: string, result: ShiftImport | null): View => html`
  <h1>Shifts as a file</h1>
  ${result && reportView(result)}
  <section aria-label="Read in"><h2>Read in</h2>
    <p>The first line names the columns: <code>who,day,from,to,kind</code>. Who is an address of the team, a day is 2026-11-23, a time is 09:00;
      an end before its begin is on the next day. The kind is shift (or empty), off, holiday, ill, training or other; days of other kinds have no times.</p>
    <p>The lines of somebody’s day are the whole day: what was planned on it before goes. A file that is read in twice changes nothing more.</p>
    <form method="post" action=${PATH}>
      ${formToken(visit)}
      <label>CSV<small>up to ${MOST_LINES.toLocaleString('en')} lines at a time</small><textarea name="csv" rows="12" required>${visit.form.get('csv') ?? ''}</textarea></label>
      <p class="row"><button name="say" value="look" class=${result && result.problemCount === 0 ? 'second' : ''}>Look what it changes</button>
        ${result && result.problemCount === 0 && result.changes.length > 0 && html` <button name="say" value="save">Save it</button>`}</p>
    </form>
  </section>
  <section aria-label="Write out"><h2>Write out</h2>
    <form method="get" action=${`${PATH}/shifts`}>
      <label>From<input type="date" name="from" value=${mondayOf(today)} /></label>
      <label>To<small>${MOST_DAYS} days at most</small><input type="date" name="to" value=${laterBy(mondayOf(today), 27)} /></label>
      <button class="second">Download</button>
    </form>
  </section>
  <p><a href="/desk/team">The team’s week</a></p>`

const reportView = ({ days, unchanged, problems, problemCount, changes }: ShiftImport) =>
  problemCount > 0
    ? html`<section aria-label="What is wrong"><h2 class="bad" role="alert">Nothing was saved: ${problemCount === 1 ? '1 line is' : `${problemCount} lines are`} not right</h2>
        <ul>${problems.map(({ line, why }) => html`<li>Line ${line}: ${why}</li>`)}</ul>
        ${problemCount > problems.length && html`<p class="soft">These are the first ${problems.length}.</p>`}</section>`
    : html`<section aria-label="What it changes"><h2 role="status">${days - unchanged} of ${days} days would change. Nothing is saved yet.</h2>
        ${changesView(changes, days - unchanged)}</section>`

const savedView = ({ days, unchanged, changes }: ShiftImport): View => html`
  <h1>Shifts as a file</h1>
  <p class="good" role="status">Saved: ${days - unchanged} days changed, ${unchanged} were so already.</p>
  ${changesView(changes, days - unchanged)}
  <p class="row"><a href=${PATH}>Another file</a> <a href="/desk/team">The team’s week</a></p>`

const changesView = (changes: ShiftImport['changes'], count: number) => html`
  <ul>${changes.map(({ name, day, before, after }) => html`<li>${name}, ${dayWords(day)}: ${before} → <strong>${after}</strong></li>`)}</ul>
  ${count > changes.length && html`<p class="soft">These are the first ${changes.length}.</p>`}`
