import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Leave, ShiftSwap } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { laterBy } from '../shifts/days.ts'
import { wallClock } from '../shifts/laying-out.ts'
import { leavesIn } from '../shifts/leaves.ts'
import { type ShiftRow, shiftsBetween } from '../shifts/reading.ts'
import { dayWords, hoursWords, shortDayWords } from '../shifts/words.ts'
import { answerSwap, withdrawSwap } from '../swaps/answering.ts'
import { swapsIn } from '../swaps/listing.ts'
import { mondayAsked, weekLinks } from './asked-days.ts'
import { LEAVE_WORDS, STATE_WORDS, swapLine } from './swap-words.ts'

const PATH = '/desk/shifts'

/** Weeks that are shown at once. */
const WEEKS = 2

/** One's own shifts, and what is offered to and by oneself. */
export const myShiftsPage = page(PATH, PEOPLE_AT_WORK, (ctx, visit) => shown(ctx, visit, null), 'Shifts')

export const swapForm = submission(`${PATH}/offers/:swapId`, PEOPLE_AT_WORK, (ctx, visit) =>
  orShowAgain(
    async () => {
      const id = visit.params['swapId'] ?? ''
      const said = visit.form.get('say') ?? ''
      if (said === 'withdraw') await withdrawSwap(ctx, id, visit.actor)
      else if (said === 'agree' || said === 'decline') await answerSwap(ctx, id, said === 'agree', visit.actor)
      else throw new DeskError('invalid_request', 'Press one of the buttons.')
      return `${PATH}?said=${said}`
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

const SAID: Record<string, string> = {
  offer: 'Offered. You are asked again when your colleague has answered and a supervisor has approved.',
  agree: 'You agreed. The shift is yours when a supervisor approves.',
  decline: 'You declined.',
  withdraw: 'Withdrawn.',
}

type Facts = {
  zone: string
  today: string
  now: Date
  monday: string
  shifts: ShiftRow[]
  leave: Leave[]
  swaps: ShiftSwap[]
}

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const { id, workspaceId } = visit.actor
  const facts = await inWorkspace(
    ctx,
    workspaceId,
    async (tx): Promise<Facts> => {
      const zone = await zoneOf(tx)
      const today = dayIn(zone, tx.now)
      const monday = mondayAsked(visit.query, today)
      const clock = wallClock(zone)
      return {
        zone,
        today,
        now: tx.now,
        monday,
        shifts: await shiftsBetween(tx, clock(monday, 0), clock(laterBy(monday, 7 * WEEKS), 0), id),
        leave: await leavesIn(tx, { from: today, staffId: id, limit: 50 }),
        swaps: await swapsIn(tx, { of: id, open: false, after: null, limit: 20 }),
      }
    },
    { reads: true },
  )
  return { title: 'My shifts', body: view(visit, facts, problem) }
}

const isOpen = ({ state }: ShiftSwap): boolean => state === 'asked' || state === 'agreed'

const view = (visit: Visit, facts: Facts, problem: string | null) => {
  const { zone, today, monday, shifts, leave, swaps } = facts
  const said = SAID[visit.query.get('said') ?? '']
  const open = swaps.filter(isOpen)
  return html`
  <h1>My shifts</h1>
  ${said && html`<p class="good" role="status">${said}</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${open.length > 0 && html`<section aria-label="Offers"><h2>Offers</h2>${open.map((swap) => offerView(visit, facts, swap))}</section>`}
  ${weekLinks(PATH, monday, today)}
  <section aria-label="Planned"><h2>${dayWords(monday)} and two weeks on</h2>
    ${
      shifts.length === 0
        ? html`<p>No shifts are planned for you in these weeks.</p>`
        : html`<ul class="plain">${shifts.map((shift) => shiftLine(facts, shift, open))}</ul>`
    }
  </section>
  ${leave.length > 0 && html`<section aria-label="Leave"><h2>Leave</h2><ul>${leave.map(leaveLine)}</ul></section>`}
  <p><a href="/desk/shifts/adherence">My times against the plan</a></p>
  ${
    swaps.length > open.length &&
    html`<details><summary>Offers that are over</summary><ul>${swaps.filter((swap) => !isOpen(swap)).map((swap) => html`<li>${swapLine(zone, swap)} <span class="soft">${STATE_WORDS[swap.state]}</span></li>`)}</ul></details>`
  }
  <p class="soft">Times are those of ${zone}.</p>`
}

const SOURCES: Record<string, string> = { swap: ' (taken from a colleague)', exception: '', import: '', template: '' }

const shiftLine = ({ zone, now, today }: Facts, shift: ShiftRow, open: readonly ShiftSwap[]) => {
  const isOffered = open.some((swap) => swap.shift.id === shift.id)
  return html`<li class="spread"><span>${shift.day === today ? 'Today' : shortDayWords(shift.day)}: <strong>${hoursWords(zone, shift)}</strong>${SOURCES[shift.source]}</span>
    ${isOffered && html` <span class="soft">offered</span>`}
    ${!isOffered && shift.startsAt > now && html` <a href=${`${PATH}/offer?${new URLSearchParams({ shift: shift.id })}`} aria-label=${`Offer ${dayWords(shift.day)} to a colleague`}>Offer</a>`}</li>`
}

const leaveLine = ({ from, to, kind }: Leave) =>
  html`<li>${dayWords(from)}${to !== from && ` to ${dayWords(to)}`}: ${LEAVE_WORDS[kind]}</li>`

const offerView = (visit: Visit, { zone }: Facts, swap: ShiftSwap) => {
  const mine = swap.from.id === visit.actor.id
  const presses = mine
    ? html`<button class="second" name="say" value="withdraw">Withdraw</button>`
    : html`${swap.state === 'asked' && html`<button name="say" value="agree">Agree</button> `}<button class="second" name="say" value="decline">Decline</button>`
  return html`<form method="post" action=${`${PATH}/offers/${swap.id}`} aria-label=${swapLine(zone, swap)}>
    ${formToken(visit)}<p>${swapLine(zone, swap)} <span class="soft">${STATE_WORDS[swap.state]}</span></p>
    <p class="row">${presses}</p></form>`
}
