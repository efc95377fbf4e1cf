import { ActionSettings, type LimitsTrial } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, type PageAnswer, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { settingsIn, writeSettings } from '../rules/settings.ts'
import { TRIED_DAYS, tryLimits } from '../trying/trying.ts'
import { trialView } from './limits-trial-view.ts'

const PATH = '/settings/actions'
const ADMINS = ['admin'] as const

const ROLES = ['agent', 'supervisor', 'admin'] as const
const LIMITS = [
  ['action', 'One action'],
  ['order', 'One order'],
  ['customerYear', 'One customer, twelve months'],
  ['agentDay', 'One person, one day'],
] as const

/** Every field of the form by its name, as text; an empty amount is no limit. */
type Fields = Record<string, string>

export const limitsPage = page(
  PATH,
  ADMINS,
  async (ctx, visit) => {
    const settings = await inWorkspace(ctx, visit.actor.workspaceId, settingsIn, { reads: true })
    return shown(visit, fieldsOf(settings), { problems: {}, saved: visit.query.has('saved') })
  },
  { word: 'Limits of actions', group: 'Money' },
)

export const limitsForm = submission(PATH, ADMINS, async (ctx: Ctx, visit: Visit): Promise<PageAnswer> => {
  const fields = Object.fromEntries(visit.form)
  const { settings, problems } = settingsOf(fields)
  if (settings === null) return { ...shown(visit, fields, { problems, saved: false }), status: 400 }
  await writeSettings(ctx, settings, visit.actor)
  return { goTo: `${PATH}?saved=1` }
})

/** Tries the limits on the past, as they stand in the form, and saves nothing. */
export const limitsTrial = submission(`${PATH}/trial`, ADMINS, async (ctx: Ctx, visit: Visit): Promise<PageAnswer> => {
  const fields = Object.fromEntries(visit.form)
  const { settings, problems } = settingsOf(fields)
  if (settings === null) return { ...shown(visit, fields, { problems, saved: false }), status: 400 }
  const { workspaceId } = visit.actor
  const trial = await tryLimits(ctx, workspaceId, settings)
  const zone = await inWorkspace(ctx, workspaceId, zoneOf, { reads: true })
  return shown(visit, fields, { problems: {}, saved: false, tried: { trial, zone } })
})

const nameOf = (role: string, limit: string) => `${role}.${limit}`

const fieldsOf = ({ undoSeconds, limits, shopDay }: ActionSettings): Fields => ({
  undoSeconds: String(undoSeconds),
  shopDay: amountText(shopDay),
  ...Object.fromEntries(
    ROLES.flatMap((role) => LIMITS.map(([limit]) => [nameOf(role, limit), amountText(limits[role][limit])])),
  ),
})

const amountText = (minor: number | null) =>
  minor === null ? '' : `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`

type Read = { settings: ActionSettings | null; problems: Fields }

function settingsOf(fields: Fields): Read {
  const problems: Fields = {}
  const amount = (name: string): number | null => {
    const text = (fields[name] ?? '').trim().replace(',', '.')
    if (text === '') return null
    const [, whole, parts = ''] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text) ?? []
    if (whole !== undefined) return Number(whole) * 100 + Number(parts.padEnd(2, '0'))
    problems[name] = 'Write an amount like 100 or 100.00, or nothing for no limit.'
    return null
  }
  const limitsOf = (role: (typeof ROLES)[number]) =>
    Object.fromEntries(LIMITS.map(([limit]) => [limit, amount(nameOf(role, limit))]))
  const seconds = (fields['undoSeconds'] ?? '').trim()
  const parsed = ActionSettings.safeParse({
    undoSeconds: /^\d{1,3}$/.test(seconds) ? Number(seconds) : -1,
    limits: Object.fromEntries(ROLES.map((role) => [role, limitsOf(role)])),
    shopDay: amount('shopDay'),
  })
  if (!parsed.success && Object.keys(problems).length === 0) problems['undoSeconds'] = 'Write whole seconds, 0 to 120.'
  return { settings: parsed.success && Object.keys(problems).length === 0 ? parsed.data : null, problems }
}

type Beside = { problems: Fields; saved: boolean; tried?: { trial: LimitsTrial; zone: string } }

const shown = (visit: Visit, fields: Fields, beside: Beside) => ({
  title: 'Limits of actions',
  body: view(visit, fields, beside),
})

const view = (visit: Visit, fields: Fields, { problems, saved, tried }: Beside) => {
  const field = (name: string, label: string, hint = '') => html`
    <label>${label}${hint && html`<small>${hint}</small>`}
      <input name=${name} value=${fields[name] ?? ''} inputmode="decimal" autocomplete="off" />
      ${problems[name] && html`<small class="bad" role="alert">${problems[name]}</small>`}</label>`
  return html`
    <h1>Limits of combined actions</h1>
    ${saved && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
    ${tried && trialView(tried.trial, tried.zone)}
    <p>Refund, gift card and the price of what is sent again, together, in each shop’s own currency. Above a limit a supervisor or an admin must agree. Nothing in a field is no limit.</p>
    <form method="post" action=${PATH}>
      ${formToken(visit)}
      <section>${field('undoSeconds', 'Seconds in which an action can be taken back', '0 to 120; 0 is none')}</section>
      ${ROLES.map((role) => html`<section><h2>${TITLES[role]}</h2>${LIMITS.map(([limit, label]) => field(nameOf(role, limit), label))}</section>`)}
      <section>${field('shopDay', 'A whole shop, one day', 'over everybody')}</section>
      <p class="soft">Trying changes nothing: it weighs the actions of the last ${TRIED_DAYS} days again.</p>
      <button>Save</button> <button class="second" formaction=${`${PATH}/trial`}>Try on the past</button>
    </form>`
}

const TITLES = { agent: 'Agents', supervisor: 'Supervisors', admin: 'Admins' } as const
