import { LEADS, PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { type Adherence, MOST_ADHERENCE_DAYS, type PersonAdherence } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { page, type View, type Visit, zoneOf } from '../../settings/index.ts'
import { adherenceIn, daySpansOf } from '../adherence/facts.ts'
import { adherenceFile } from '../adherence/file.ts'
import { adherenceOfPerson } from '../adherence/listing.ts'
import { percentOf, sumOf } from '../adherence/summing.ts'
import { dayWords } from '../shifts/words.ts'
import { spanWords } from '../words.ts'
import { daysAsked, daysForm } from './asked-days.ts'

const PATH = '/desk/team/adherence'
const MOST_PEOPLE = 500

type Days = { from: string; to: string }

const daysIn = (ctx: Ctx, visit: Visit): Promise<Days & { today: string; zone: string }> =>
  inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => {
      const zone = await zoneOf(tx)
      const today = dayIn(zone, tx.now)
      return { ...daysAsked(visit.query, today, MOST_ADHERENCE_DAYS), today, zone }
    },
    { reads: true },
  )

/** Everybody's times against the plan, added up over some days. */
export const teamAdherencePage = page(PATH, LEADS, async (ctx, visit) => {
  const { today, zone, ...days } = await daysIn(ctx, visit)
  const people = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => adherenceIn(tx, await daySpansOf(tx, days), { limit: MOST_PEOPLE }),
    { reads: true },
  )
  const body = html`
    <h1>Times against the plan</h1>
    ${daysForm(PATH, days, today)}
    ${table(
      'Who',
      people.map((person) => ({
        words: person.staff.name,
        link: `/desk/team/${person.staff.id}/adherence?${new URLSearchParams(days)}`,
        sum: sumOf(person.days),
      })),
    )}
    <p class="row"><a href=${`${PATH}/file?${new URLSearchParams(days)}`}>As a file</a> <a href="/desk/team">The team’s week</a></p>
    ${legend(zone)}`
  return { title: 'Times against the plan', body, style: 'main { max-width: 80rem; }' }
})

export const adherenceDownload = page(`${PATH}/file`, LEADS, async (ctx, visit) => {
  const { from, to } = await daysIn(ctx, visit)
  return { flow: await adherenceFile(ctx, { from, to }, visit.actor) }
})

/** One person's, day by day. */
export const personAdherencePage = page('/desk/team/:staffId/adherence', LEADS, (ctx, visit) => {
  const staffId = visit.params['staffId'] ?? ''
  return person(ctx, visit, { staffId, path: `/desk/team/${staffId}/adherence`, back: `/desk/team/${staffId}/plan` })
})

/** One's own. */
export const ownAdherencePage = page('/desk/shifts/adherence', PEOPLE_AT_WORK, (ctx, visit) =>
  person(ctx, visit, { staffId: visit.actor.id, path: '/desk/shifts/adherence', back: '/desk/shifts' }),
)

async function person(
  ctx: Ctx,
  visit: Visit,
  { staffId, path, back }: { staffId: string; path: string; back: string },
) {
  const { today, zone, ...days } = await daysIn(ctx, visit)
  const found = await inWorkspace(ctx, visit.actor.workspaceId, (tx) => adherenceOfPerson(tx, staffId, days), {
    reads: true,
  })
  const mine = staffId === visit.actor.id && back === '/desk/shifts'
  const title = mine ? 'My times against the plan' : `${found.staff.name}: times against the plan`
  return {
    title,
    body: personView(found, { title, path, back, days, today, zone }),
    style: 'main { max-width: 80rem; }',
  }
}

type Shown = { title: string; path: string; back: string; days: Days; today: string; zone: string }

const personView = ({ days: all }: PersonAdherence, { title, path, back, days, today, zone }: Shown): View => html`
  <h1>${title}</h1>
  ${daysForm(path, days, today)}
  ${table('Day', [...all.map((day) => ({ words: dayWords(day.day), link: null, sum: day })), ...(all.length > 1 ? [{ words: 'All', link: null, sum: sumOf(all) }] : [])])}
  <p><a href=${back}>Back</a></p>
  ${legend(zone)}`

type Row = { words: string; link: string | null; sum: Omit<Adherence, 'day'> }

const COLUMNS = [
  ['Planned', 'planned'],
  ['Worked', 'worked'],
  ['Breaks', 'onBreak'],
  ['Over', 'overBreak'],
  ['Late', 'late'],
  ['Early', 'early'],
  ['Away', 'away'],
  ['Absent', 'absent'],
  ['Outside', 'outside'],
] as const

const table = (first: string, rows: readonly Row[]) =>
  rows.length === 0
    ? html`<p>Nothing was planned or worked on these days.</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="Times against the plan"><table>
      <thead><tr><th scope="col">${first}</th><th scope="col" class="number">Kept</th>${COLUMNS.map(([word]) => html`<th scope="col" class="number">${word}</th>`)}</tr></thead>
      <tbody>${rows.map(
        ({
          words,
          link,
          sum,
        }) => html`<tr><th scope="row">${link === null ? words : html`<a href=${link}>${words}</a>`}</th>
          <td class="number">${percentOf(sum)}</td>
          ${COLUMNS.map(([, name]) => html`<td class=${`number${BAD.has(name) && sum[name] >= 1 ? ' bad' : ''}`}>${minutes(sum[name])}</td>`)}</tr>`,
      )}</tbody></table></div>`

const BAD: ReadonlySet<string> = new Set(['overBreak', 'late', 'early', 'away', 'absent'])

const minutes = (of: number): string => (of < 1 ? '–' : spanWords(of * 60_000))

const legend = (zone: string) => html`
  <p class="soft">A shift belongs to the day on which it begins, and what of it has passed is counted until now. Kept is work and allowed breaks within the
    plan. Over is breaks that took longer than allowed, Away is logged out within a shift, Outside is work outside of every shift. Times are those of ${zone}.</p>`
