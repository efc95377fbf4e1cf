import { LEADS } from '../../../../shared/roles.ts'
import type { Leave, ShiftSwap } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { daysOf, laterBy } from '../shifts/days.ts'
import { wallClock } from '../shifts/laying-out.ts'
import { leavesIn } from '../shifts/leaves.ts'
import { type ShiftRow, shiftsBetween } from '../shifts/reading.ts'
import { dayWords, hoursWords, shortDayWords } from '../shifts/words.ts'
import { decideSwap } from '../swaps/approving.ts'
import { swapsIn } from '../swaps/listing.ts'
import { mondayAsked, weekLinks } from './asked-days.ts'
import { LEAVE_WORDS, STATE_WORDS, swapLine } from './swap-words.ts'

const PATH = '/desk/team'

/** Who is planned when, and what waits for approval. */
export const teamPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null), 'Team')

export const approvalForm = submission(`${PATH}/swaps/:swapId`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const said = visit.form.get('say')
      if (said !== 'approve' && said !== 'decline') throw new DeskError('invalid_request', 'Press one of the buttons.')
      await decideSwap(ctx, visit.params['swapId'] ?? '', said === 'approve', visit.actor)
      return `${PATH}?said=${said}`
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

const SAID: Record<string, string> = { approve: 'Approved: the shifts have changed hands.', decline: 'Declined.' }

type Person = { id: string; name: string }
type Facts = {
  zone: string
  today: string
  monday: string
  people: Person[]
  shifts: ShiftRow[]
  leave: Leave[]
  swaps: ShiftSwap[]
}

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const facts = await inWorkspace(ctx, visit.actor.workspaceId, (tx) => factsOf(tx, visit), { reads: true })
  return { title: 'Team', body: view(visit, facts, problem), style: 'main { max-width: 80rem; }' }
}

async function factsOf(tx: Tx, visit: Visit): Promise<Facts> {
  const zone = await zoneOf(tx)
  const today = dayIn(zone, tx.now)
  const monday = mondayAsked(visit.query, today)
  const clock = wallClock(zone)
  return {
    zone,
    today,
    monday,
    people: await plannedPeople(tx),
    shifts: await shiftsBetween(tx, clock(monday, 0), clock(laterBy(monday, 7), 0)),
    leave: await leavesIn(tx, { from: monday, limit: 1_000 }),
    swaps: await swapsIn(tx, { of: null, open: true, after: null, limit: 50 }),
  }
}

/** Everybody who is planned, by name. */
export const plannedPeople = (tx: Tx): Promise<Person[]> => tx.$queryRaw<Person[]>`
  select s.id::text, s.name from desk.staff s where s.workspace_id = ${tx.workspaceId}::uuid
    and s.state <> 'deactivated' and s.role in ('agent', 'supervisor', 'admin') order by s.name, s.id limit 500`

const view = (visit: Visit, facts: Facts, problem: string | null) => {
  const said = SAID[visit.query.get('said') ?? '']
  return html`
  <h1>Team, week of ${dayWords(facts.monday)}</h1>
  ${said && html`<p class="good" role="status">${said}</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${facts.swaps.length > 0 && html`<section aria-label="Swaps"><h2>Swaps</h2>${facts.swaps.map((swap) => swapView(visit, facts.zone, swap))}</section>`}
  <p class="row"><a href="/desk/team/adherence">Times against the plan</a> <a href="/desk/team/templates">Templates</a>
    <a href="/desk/team/file">Files</a></p>
  ${weekLinks(PATH, facts.monday, facts.today)}
  ${week(facts)}
  <p class="soft">A name leads to a person’s plan and leave. Times are those of ${facts.zone}.</p>`
}

const isOwn = ({ actor }: Visit, { from, to }: ShiftSwap) => [from.id, to.id].includes(actor.id)

const swapView = (visit: Visit, zone: string, swap: ShiftSwap) => html`
  <form method="post" action=${`${PATH}/swaps/${swap.id}`} aria-label=${swapLine(zone, swap)}>
    ${formToken(visit)}<p>${swapLine(zone, swap)} <span class="soft">${STATE_WORDS[swap.state]}</span></p>
    ${isOwn(visit, swap) && html`<p class="soft">Your own: another supervisor or an admin approves it.</p>`}
    <p class="row">${swap.state === 'agreed' && !isOwn(visit, swap) && html`<button name="say" value="approve">Approve</button> `}<button class="second" name="say" value="decline">Decline</button></p>
  </form>`

function week(facts: Facts) {
  const days = daysOf(facts.monday, laterBy(facts.monday, 6))
  const byCell = Map.groupBy(facts.shifts, ({ staffId, day }) => `${staffId}/${day}`)
  const leaveOf = Map.groupBy(facts.leave, ({ staff }) => staff.id)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The week by person"><table>
    <thead><tr><th scope="col">Who</th>${days.map((day) => html`<th scope="col">${shortDayWords(day)}</th>`)}</tr></thead>
    <tbody>${facts.people.map(
      ({ id, name }) => html`<tr><th scope="row"><a href=${`${PATH}/${id}/plan`}>${name}</a></th>
        ${days.map((day) => cell(facts, { id, name, day }, byCell.get(`${id}/${day}`) ?? [], leaveOf.get(id) ?? []))}</tr>`,
    )}</tbody></table></div>`
}

function cell(
  { zone }: Facts,
  { id, name, day }: Person & { day: string },
  shifts: readonly ShiftRow[],
  leave: readonly Leave[],
) {
  const away = leave.find(({ from, to }) => from <= day && day <= to)
  const words = shifts.map((shift) => hoursWords(zone, shift)).join(', ') || (away ? LEAVE_WORDS[away.kind] : '–')
  const label = `${name}, ${dayWords(day)}: ${words === '–' ? 'nothing planned' : words}`
  return html`<td><a href=${`${PATH}/${id}/plan?day=${day}`} aria-label=${label}>${words}</a></td>`
}
