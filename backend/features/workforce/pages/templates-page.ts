import { LEADS } from '../../../../shared/roles.ts'
import type { Hours, ShiftTemplate, Slot } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { minutesWords } from '../shifts/checking-hours.ts'
import { giveTemplate } from '../shifts/giving-templates.ts'
import { addTemplate, editTemplate, templateIn, templatesIn } from '../shifts/templates.ts'
import { WEEKDAYS } from '../shifts/words.ts'
import { isDay } from '../wall-times.ts'
import { plannedPeople } from './team-page.ts'
import { hourFieldsOf, hourRows, hoursIn, typedRows } from './typed-hours.ts'

const PATH = '/desk/team/templates'
const ONE = `${PATH}/:templateId`

/** Weeks that people are given. */
export const templatesPage = page(PATH, LEADS, (ctx, visit) => listShown(ctx, visit, null))

export const newTemplateForm = submission(PATH, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const { id } = await addTemplate(ctx, wishIn(visit.form), visit.actor)
      return `${PATH}/${id}?saved=1`
    },
    (problem) => listShown(ctx, visit, problem),
  ),
)

export const templatePage = page(ONE, LEADS, (ctx, visit) => oneShown(ctx, visit, null))

export const templateForm = submission(ONE, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const { form } = visit
      const wish = { ...wishIn(form), retired: form.has('retired'), version: Number(form.get('version')) }
      await editTemplate(ctx, idIn(visit), wish, visit.actor)
      return `${pathOf(visit)}?saved=1`
    },
    (problem) => oneShown(ctx, visit, problem),
  ),
)

export const givingForm = submission(`${ONE}/uses`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const { form } = visit
      const staffIds = form.getAll('who')
      if (staffIds.length === 0) throw new DeskError('invalid_request', 'Choose who gets it.')
      const [from, to] = [form.get('from') ?? '', form.get('to') ?? '']
      if (!isDay(from)) throw new DeskError('invalid_request', 'First day: write a day like 2026-11-23.')
      if (to !== '' && !isDay(to))
        throw new DeskError('invalid_request', 'Last day: write a day like 2026-12-31, or leave it empty.')
      const { given } = await giveTemplate(ctx, idIn(visit), { staffIds, from, to: to || null }, visit.actor)
      return `${pathOf(visit)}?given=${given}`
    },
    (problem) => oneShown(ctx, visit, problem),
  ),
)

const idIn = ({ params }: Visit): string => params['templateId'] ?? ''
const pathOf = (visit: Visit): string => ONE.replace(':templateId', idIn(visit))

const LONGEST_NAME = 60

/** @throws DeskError invalid_request, which names the weekday */
function wishIn(form: URLSearchParams): { name: string; slots: Slot[] } {
  const name = (form.get('name') ?? '').trim()
  if (name === '' || name.length > LONGEST_NAME)
    throw new DeskError('invalid_request', `Write what the template is called, in 1 to ${LONGEST_NAME} characters.`)
  const slots = WEEKDAYS.flatMap((weekday, n) =>
    hoursIn(typedRows(form, `day${n + 1}`), weekday).map((hours) => ({ ...hours, weekday: n + 1 })),
  )
  return { name, slots }
}

async function listShown(ctx: Ctx, visit: Visit, problem: string | null) {
  const templates = await inWorkspace(ctx, visit.actor.workspaceId, templatesIn, { reads: true })
  const body = html`
    <h1>Shift templates</h1>
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    ${templates.length === 0 && html`<p>A template is a week of shifts. Make one, then give it to people.</p>`}
    ${templates.map(listed)}
    <section aria-label="A new template"><h2>A new template</h2>
      <form method="post" action=${PATH}>${formToken(visit)}${weekFields(visit, '', [])}<button>Add the template</button></form>
    </section>
    <p><a href="/desk/team">The team’s week</a></p>`
  return { title: 'Shift templates', body }
}

const listed = ({ id, name, slots, retired, people }: ShiftTemplate) => html`
  <section aria-label=${name}>
    <h2><a href=${`${PATH}/${id}`}>${name}</a> <span class="soft">${retired ? 'retired' : people === 1 ? '1 person' : `${people} people`}</span></h2>
    <ul>${WEEKDAYS.flatMap((weekday, n) => {
      const hours = slots.filter((slot) => slot.weekday === n + 1)
      return hours.length === 0
        ? []
        : [html`<li>${weekday}: ${hours.map((slot: Hours) => minutesWords(slot)).join(', ')}</li>`]
    })}</ul>
  </section>`

/** Name and hours; a refused form keeps what was typed. */
const weekFields = (visit: Visit, name: string, slots: readonly Slot[]) => {
  const typed = visit.form.has('name')
  return html`
    <label>Name<input name="name" maxlength=${LONGEST_NAME} autocomplete="off" required value=${typed ? visit.form.get('name') : name} /></label>
    ${WEEKDAYS.map((weekday, n) => {
      const rows = typed
        ? typedRows(visit.form, `day${n + 1}`)
        : hourFieldsOf(slots.filter((slot) => slot.weekday === n + 1))
      return html`<fieldset><legend>${weekday}</legend>${hourRows(`day${n + 1}`, weekday, rows)}</fieldset>`
    })}
    <p class="soft">Empty rows are no shift. An end before its begin is on the next day.</p>`
}

async function oneShown(ctx: Ctx, visit: Visit, problem: string | null) {
  const { template, people, today } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({
      template: await templateIn(tx, idIn(visit)),
      people: await plannedPeople(tx),
      today: dayIn(await zoneOf(tx), tx.now),
    }),
    { reads: true },
  )
  const { name, slots, retired, version } = template
  const given = visit.query.get('given')
  const body = html`
    <h1>${name}</h1>
    ${visit.query.has('saved') && html`<p class="good" role="status">Saved. Shifts of it that have not begun follow.</p>`}
    ${given && html`<p class="good" role="status">Given to ${given === '1' ? '1 person' : `${Number(given)} people`}.</p>`}
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    ${!retired && giving(visit, people, today)}
    <section aria-label="The week"><h2>The week</h2>
      <form method="post" action=${pathOf(visit)}>
        ${formToken(visit)}<input type="hidden" name="version" value=${visit.form.get('version') ?? String(version)} />
        ${weekFields(visit, name, slots)}
        <label><input type="checkbox" name="retired" checked=${visit.form.has('name') ? visit.form.has('retired') : retired} /> Retired: not given any more</label>
        <button>Save the template</button>
      </form>
    </section>
    <p><a href=${PATH}>All templates</a></p>`
  return { title: name, body }
}

const giving = (visit: Visit, people: readonly { id: string; name: string }[], today: string) => {
  const chosen = visit.form.getAll('who')
  return html`
  <section aria-label="Give it"><h2>Give it to people</h2>
    <form method="post" action=${`${pathOf(visit)}/uses`}>
      ${formToken(visit)}
      <label>First day<input type="date" name="from" required value=${visit.form.get('from') ?? today} /></label>
      <label>Last day<small>empty is until further notice</small><input type="date" name="to" value=${visit.form.get('to') ?? ''} /></label>
      <fieldset><legend>Who</legend>${people.map(
        ({ id, name }) =>
          html`<label><input type="checkbox" name="who" value=${id} checked=${chosen.includes(id)} /> ${name}</label>`,
      )}</fieldset>
      <button>Give the template</button>
    </form>
    <p class="soft">A template that somebody has until further notice ends the day before.</p>
  </section>`
}
