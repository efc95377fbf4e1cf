import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { type ShiftRow, shiftsBetween } from '../shifts/reading.ts'
import { shiftWords } from '../shifts/words.ts'
import { type Offered, offeredIn } from '../swaps/checking.ts'
import { offerShift } from '../swaps/offering.ts'
import { plannedPeople } from './team-page.ts'

const PATH = '/desk/shifts/offer'

/** What a colleague could give for it lies so near. */
const WEEKS_MS = 28 * 86_400_000

/** First a colleague is chosen, then, perhaps, one of their shifts. */
export const offerPage = page(PATH, PEOPLE_AT_WORK, (ctx, visit) => shown(ctx, visit, visit.query, null))

export const offerForm = submission(PATH, PEOPLE_AT_WORK, (ctx, visit) =>
  orShowAgain(
    async () => {
      const { form, actor } = visit
      const wish = {
        shiftId: idIn(form, 'shift'),
        toId: idIn(form, 'to'),
        backShiftId: form.get('back') ? idIn(form, 'back') : null,
      }
      await offerShift(ctx, wish, actor)
      return '/desk/shifts?said=offer'
    },
    (problem) => shown(ctx, visit, visit.form, problem),
  ),
)

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function idIn(fields: URLSearchParams, name: string): string {
  const id = fields.get(name) ?? ''
  if (!UUID.test(id)) throw new DeskError('not_found', 'Open your shifts again, and choose one to offer.')
  return id
}

type Colleague = { id: string; name: string }
type Facts = { zone: string; shift: Offered; colleagues: Colleague[]; to: Colleague | null; theirs: ShiftRow[] }

async function shown(ctx: Ctx, visit: Visit, asked: URLSearchParams, problem: string | null) {
  const facts = await inWorkspace(ctx, visit.actor.workspaceId, (tx) => factsOf(tx, visit, asked), { reads: true })
  return { title: 'Offer a shift', body: view(visit, facts, problem) }
}

async function factsOf(tx: Tx, visit: Visit, asked: URLSearchParams): Promise<Facts> {
  const shift = await offeredIn(tx, idIn(asked, 'shift'))
  if (shift.staffId !== visit.actor.id)
    throw new DeskError('forbidden', 'This is not your shift. Open your shifts, and choose one of them.')
  const colleagues = (await plannedPeople(tx)).filter(({ id }) => id !== visit.actor.id)
  const to = colleagues.find(({ id }) => id === asked.get('to')) ?? null
  const theirs = to ? await shiftsBetween(tx, tx.now, new Date(tx.now.getTime() + WEEKS_MS), to.id) : []
  return { zone: await zoneOf(tx), shift, colleagues, to, theirs }
}

const view = (visit: Visit, facts: Facts, problem: string | null) => html`
  <h1>Offer a shift</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>${shiftWords(facts.zone, facts.shift)}</p>
  ${facts.to === null ? whomForm(facts) : whatForm(visit, facts, facts.to)}
  <p class="soft">It stays yours until your colleague has agreed and a supervisor has approved.</p>
  <p><a href="/desk/shifts">My shifts</a></p>`

const whomForm = ({ shift, colleagues }: Facts) => html`
  <form method="get" action=${PATH}>
    <input type="hidden" name="shift" value=${shift.id} />
    <label>To whom<select name="to">${colleagues.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select></label>
    <button>Go on</button>
  </form>`

const whatForm = (visit: Visit, { zone, shift, theirs }: Facts, to: Colleague) => html`
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <input type="hidden" name="shift" value=${shift.id} /><input type="hidden" name="to" value=${to.id} />
    <label>${to.name} gives for it<small>shifts of the next four weeks</small><select name="back">
      <option value="">nothing</option>
      ${theirs.map((each) => html`<option value=${each.id} selected=${visit.form.get('back') === each.id}>${shiftWords(zone, each)}</option>`)}
    </select></label>
    <button>Offer it to ${to.name}</button>
  </form>
  <p><a href=${`${PATH}?${new URLSearchParams({ shift: shift.id })}`}>Somebody else</a></p>`
