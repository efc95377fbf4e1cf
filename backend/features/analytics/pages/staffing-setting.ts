import { StaffingSettings } from '../../../../shared/insight.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { staffingSettingsIn, writeStaffing } from '../insight/staffing-settings.ts'

const PATH = '/settings/staffing'

type Fields = Record<'share' | 'within' | 'shrinkage', string>

export const staffingSetting = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null, null), {
  word: 'Needed people',
  group: 'Work',
})

export const staffingForm = submission(PATH, LEADS, (ctx, visit) => {
  const typed = (name: keyof Fields) => visit.form.get(name)?.trim() ?? ''
  const fields: Fields = { share: typed('share'), within: typed('within'), shrinkage: typed('shrinkage') }
  return orShowAgain(
    async () => {
      await writeStaffing(ctx, visit.actor.workspaceId, settingsIn(fields), visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, fields, problem),
  )
})

const wholeNumber = (text: string): number => (/^\d{1,4}$/.test(text) ? Number(text) : Number.NaN)

const PROBLEMS: Record<string, string> = {
  share: 'Tickets of a hundred: write a whole number, 50 to 99.',
  withinMinutes: 'Minutes: write a whole number, 1 to 1440.',
  shrinkage: 'Minutes of a hundred: write a whole number, 0 to 80.',
}

/** @throws DeskError invalid_request, which names the field */
function settingsIn({ share, within, shrinkage }: Fields): StaffingSettings {
  const wish = StaffingSettings.safeParse({
    share: wholeNumber(share) / 100,
    withinMinutes: wholeNumber(within),
    shrinkage: wholeNumber(shrinkage) / 100,
  })
  if (wish.success) return wish.data
  throw new DeskError('invalid_request', PROBLEMS[String(wish.error.issues[0]?.path[0])] ?? 'Write whole numbers.')
}

async function shown(ctx: Ctx, visit: Visit, typed: Fields | null, problem: string | null) {
  const stored = await inWorkspace(ctx, visit.actor.workspaceId, staffingSettingsIn, { reads: true })
  return { title: 'Needed people', body: view(visit, typed ?? fieldsOf(stored), problem) }
}

const fieldsOf = ({ share, withinMinutes, shrinkage }: StaffingSettings): Fields => ({
  share: String(Math.round(share * 100)),
  within: String(withinMinutes),
  shrinkage: String(Math.round(shrinkage * 100)),
})

const view = (visit: Visit, fields: Fields, problem: string | null) => html`
  <h1>Needed people</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>By this target the desk counts how many people each hour needs. It changes no due time of any ticket. <a href="/reports/staffing">Needed and planned people</a></p>
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    ${field('share', 'Of 100 new tickets, on so many work begins in time', '50 to 99', fields)}
    ${field('within', 'Minutes within which it begins', 'of open hours', fields)}
    ${field('shrinkage', 'Of 100 minutes of a shift, so many go to other things', 'breaks, talks, training', fields)}
    <button>Save</button>
  </form>`

const field = (name: keyof Fields, label: string, hint: string, fields: Fields) => html`
  <label>${label}<small>${hint}</small><input name=${name} inputmode="numeric" autocomplete="off" value=${fields[name]} /></label>`
