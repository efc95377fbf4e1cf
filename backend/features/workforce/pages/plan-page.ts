import { LEADS } from '../../../../shared/roles.ts'
import { LEAVE_KINDS, type Leave, LeaveKind, type TemplateUse } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { personIn } from '../clocking/days.ts'
import { laterBy } from '../shifts/days.ts'
import { endUse, presentUse, usesOf } from '../shifts/giving-templates.ts'
import { addLeave, leavesIn, removeLeave } from '../shifts/leaves.ts'
import { planByTemplate, planDay, shiftsOfDay } from '../shifts/planning-days.ts'
import { dayWords } from '../shifts/words.ts'
import { clockIn, isDay } from '../wall-times.ts'
import { dayAsked } from './day-links.ts'
import { LEAVE_WORDS } from './swap-words.ts'
import { type HourFields, hourRows, hoursIn, typedRows } from './typed-hours.ts'

const PATH = '/desk/team/:staffId'

/** A person's plan for whoever leads: a day by hand, their templates, and leave. */
export const planPage = page(`${PATH}/plan`, LEADS, (ctx, visit) => shown(ctx, visit, visit.query, null))

export const dayForm = submission(`${PATH}/plan`, LEADS, (ctx, visit) =>
  kept(ctx, visit, async () => {
    const whose = { staffId: staffIn(visit), day: dayOf(visit.form, 'day', 'Day') }
    if (visit.form.get('say') === 'template') await planByTemplate(ctx, whose, visit.actor)
    else await planDay(ctx, whose, hoursIn(typedRows(visit.form, 'hours'), dayWords(whose.day)), visit.actor)
  }),
)

export const leaveForm = submission(`${PATH}/leave`, LEADS, (ctx, visit) =>
  kept(ctx, visit, async () => {
    const kind = LeaveKind.safeParse(visit.form.get('kind'))
    if (!kind.success) throw new DeskError('invalid_request', 'Choose what kind of leave it is.')
    const from = dayOf(visit.form, 'from', 'First day')
    const to = visit.form.get('to') ? dayOf(visit.form, 'to', 'Last day') : from
    await addLeave(ctx, { staffId: staffIn(visit), from, to, kind: kind.data }, visit.actor)
  }),
)

export const leaveBackForm = submission(`${PATH}/leave/:leaveId`, LEADS, (ctx, visit) =>
  kept(ctx, visit, () => removeLeave(ctx, visit.params['leaveId'] ?? '', visit.actor)),
)

export const useEndForm = submission(`${PATH}/uses/:useId`, LEADS, (ctx, visit) =>
  kept(ctx, visit, async () => {
    await endUse(ctx, visit.params['useId'] ?? '', dayOf(visit.form, 'last', 'Last day'), visit.actor)
  }),
)

const staffIn = ({ params }: Visit): string => params['staffId'] ?? ''
const pathOf = (visit: Visit): string => PATH.replace(':staffId', staffIn(visit))

function dayOf(form: URLSearchParams, name: string, where: string): string {
  const day = (form.get(name) ?? '').trim()
  if (!isDay(day)) throw new DeskError('invalid_request', `${where}: write a day like 2026-11-23.`)
  return day
}

/** Does what a form asks, and shows the plan again: with what was typed when it was refused. */
const kept = (ctx: Ctx, visit: Visit, act: () => Promise<void>) =>
  orShowAgain(
    async () => {
      await act()
      return `${pathOf(visit)}/plan?${new URLSearchParams({ day: visit.form.get('day') ?? '', saved: '1' })}`
    },
    (problem) => shown(ctx, visit, visit.form, problem),
  )

type Facts = {
  name: string
  zone: string
  today: string
  day: string
  rows: HourFields[]
  byHand: boolean
  uses: TemplateUse[]
  leave: Leave[]
}

async function shown(ctx: Ctx, visit: Visit, asked: URLSearchParams, problem: string | null) {
  const facts = await inWorkspace(ctx, visit.actor.workspaceId, (tx) => factsOf(tx, visit, asked), { reads: true })
  return { title: `Plan of ${facts.name}`, body: view(visit, facts, problem) }
}

async function factsOf(tx: Tx, visit: Visit, asked: URLSearchParams): Promise<Facts> {
  const staffId = staffIn(visit)
  const { name } = await personIn(tx, staffId)
  const zone = await zoneOf(tx)
  const today = dayIn(zone, tx.now)
  const day = dayAsked(asked, today)
  const typed = typedRows(visit.form, 'hours')
  const shifts = await shiftsOfDay(tx, zone, { staffId, day })
  const planned = shifts.map(({ startsAt, endsAt }) => ({ from: clockIn(zone, startsAt), to: clockIn(zone, endsAt) }))
  const where = { workspaceId: tx.workspaceId, staffId, day: new Date(day) }
  return {
    name,
    zone,
    today,
    day,
    rows: typed.length > 0 ? typed : planned,
    byHand: (await tx.shiftException.count({ where })) > 0,
    uses: (await usesOf(tx, [staffId], today)).map(presentUse),
    leave: await leavesIn(tx, { from: laterBy(today, -31), staffId, limit: 100 }),
  }
}

const view = (visit: Visit, facts: Facts, problem: string | null) => html`
  <h1>Plan of ${facts.name}</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${dayView(visit, facts)}
  ${usesView(visit, facts)}
  ${leaveView(visit, facts)}
  <p class="row"><a href=${`${pathOf(visit)}?day=${facts.day}`}>Times at work</a> <a href=${`${pathOf(visit)}/adherence`}>Times against the plan</a>
    <a href=${`/desk/team?from=${facts.day}`}>The team’s week</a></p>
  <p class="soft">Times are those of ${facts.zone}.</p>`

const dayView = (visit: Visit, { day, today, rows, byHand }: Facts) => html`
  <section aria-label="Day"><h2>${dayWords(day)}</h2>
    <p class="row"><a href=${`${pathOf(visit)}/plan?day=${laterBy(day, -1)}`}>Day before</a> <a href=${`${pathOf(visit)}/plan?day=${laterBy(day, 1)}`}>Day after</a>
      ${day !== today && html` <a href=${`${pathOf(visit)}/plan`}>Today</a>`}</p>
    <form method="post" action=${`${pathOf(visit)}/plan`}>
      ${formToken(visit)}<input type="hidden" name="day" value=${day} />
      ${hourRows('hours', 'Shift', rows)}
      <p class="soft">Empty rows are no shift; a day without any is off. An end before its begin is on the next day.</p>
      <p class="row"><button>Save the day</button>
        ${byHand && html` <button class="second" name="say" value="template">Back to the template</button>`}</p>
    </form>
    ${byHand && html`<p class="soft">This day was planned by hand: templates leave it alone.</p>`}
  </section>`

const usesView = (visit: Visit, { uses, day, today }: Facts) => html`
  <section aria-label="Templates"><h2>Templates</h2>
    ${uses.length === 0 && html`<p>No template plans this person.</p>`}
    ${uses.map(
      ({
        id,
        name,
        from,
        to,
      }) => html`<p>${name}, from ${dayWords(from)} ${to === null ? 'on' : `to ${dayWords(to)}`}</p>
      <form method="post" action=${`${pathOf(visit)}/uses/${id}`} aria-label=${`End ${name}`}>
        ${formToken(visit)}<input type="hidden" name="day" value=${day} />
        <label>Last day<input type="date" name="last" value=${to ?? today} /></label>
        <button class="second">Set the last day</button>
      </form>`,
    )}
    <p><a href="/desk/team/templates">Give a template</a></p>
  </section>`

const leaveView = (visit: Visit, { leave, day }: Facts) => html`
  <section aria-label="Leave"><h2>Leave</h2>
    ${leave.map((each) => leaveLine(visit, each, day))}
    <form method="post" action=${`${pathOf(visit)}/leave`}>
      ${formToken(visit)}<input type="hidden" name="day" value=${day} />
      <label>First day<input type="date" name="from" value=${visit.form.get('from') ?? day} /></label>
      <label>Last day<small>empty is one day</small><input type="date" name="to" value=${visit.form.get('to') ?? ''} /></label>
      <label>Kind<select name="kind">${LEAVE_KINDS.map((kind) => html`<option value=${kind} selected=${visit.form.get('kind') === kind}>${LEAVE_WORDS[kind]}</option>`)}</select></label>
      <button class="second">Add leave</button>
    </form>
    <p class="soft">Shifts on these days are cancelled. Colleagues see no kind.</p>
  </section>`

const leaveLine = (visit: Visit, { id, from, to, kind }: Leave, day: string) => {
  const words = `${dayWords(from)}${to === from ? '' : ` to ${dayWords(to)}`}: ${LEAVE_WORDS[kind]}`
  return html`<form method="post" action=${`${pathOf(visit)}/leave/${id}`} aria-label=${words}>
    ${formToken(visit)}<input type="hidden" name="day" value=${day} />
    <p>${words} <button class="quiet" aria-label=${`Take back: ${words}`}>Take back</button></p></form>`
}
