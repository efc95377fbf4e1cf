import type { z } from 'zod'
import { ReasonCode } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, type PageAnswer, page, submission, type Visit } from '../../settings/index.ts'
import { reasonsIn, writeReason } from '../rules/reasons.ts'

const PATH = '/settings/reasons'
const ADMINS = ['admin'] as const

/** What was typed into a form that was refused, and why it was. */
type Refused = { form: URLSearchParams; problem: string }
type Told = { refused: Refused | null; saved: string | null }

export const reasonsPage = page(
  PATH,
  ADMINS,
  (ctx, visit) => shown(ctx, visit, { refused: null, saved: visit.query.get('saved') }),
  { word: 'Reasons of actions', group: 'Money' },
)

/** Adds a reason, or rewords or retires one: its id is its name for ever. */
export const reasonForm = submission(PATH, ADMINS, async (ctx: Ctx, visit: Visit): Promise<PageAnswer> => {
  const id = (visit.form.get('id') ?? '').trim()
  try {
    const known = await knownReason(ctx, visit, id)
    if (known && visit.form.has('new'))
      throw new DeskError(
        'invalid_request',
        'There is a reason with this name already. Reword that one, or choose another name.',
      )
    await writeReason(ctx, id, wordsIn(visit.form, known?.labels ?? {}), visit.actor)
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    const refused = { form: visit.form, problem: error.message }
    return { ...(await shown(ctx, visit, { refused, saved: null })), status: error.status }
  }
  return { goTo: `${PATH}?${new URLSearchParams({ saved: id })}` }
})

const knownReason = async (ctx: Ctx, { actor }: Visit, id: string): Promise<ReasonCode | undefined> =>
  (await inWorkspace(ctx, actor.workspaceId, reasonsIn, { reads: true })).find((reason) => reason.id === id)

const Words = ReasonCode.omit({ id: true })

/** @param before labels in languages that the page does not show stay as they are @throws DeskError invalid_request */
function wordsIn(form: URLSearchParams, before: Record<string, string>): z.infer<typeof Words> {
  const typed = ['en', 'de'].map((language) => [language, (form.get(`label.${language}`) ?? '').trim()])
  const labels = Object.fromEntries([...Object.entries(before), ...typed].filter(([, label]) => label !== ''))
  const words = Words.safeParse({
    labels,
    cancelReason: form.get('cancelReason'),
    discrepancy: form.get('discrepancy'),
    needsText: form.has('needsText'),
    retired: form.has('retired'),
  })
  if (!words.success) throw new DeskError('invalid_request', words.error.issues[0]?.message ?? 'This is no reason.')
  return words.data
}

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const reasons = await inWorkspace(ctx, visit.actor.workspaceId, reasonsIn, { reads: true })
  return { title: 'Reasons of actions', body: view(visit, reasons, told) }
}

const view = (visit: Visit, reasons: readonly ReasonCode[], { refused, saved }: Told) => html`
  <h1>Reasons of combined actions</h1>
  ${saved && html`<p class="good" role="status">Saved: ${saved}.</p>`}
  <p>Agents choose one for each action. A reason is never deleted, because figures name it; a retired one is not offered any more.</p>
  ${reasons.map((reason) => html`<section aria-label=${reason.id}><h2>${reason.labels['en'] ?? reason.id}${reason.retired && html` <span class="soft">(retired)</span>`}</h2>${form(visit, reason, refusedOf(refused, reason.id))}</section>`)}
  <section aria-label="New reason"><h2>A new reason</h2>${form(visit, null, refusedOf(refused, null))}</section>`

/** @param id null for a new reason, whatever name was typed for it */
const refusedOf = (refused: Refused | null, id: string | null): Refused | null =>
  refused && (refused.form.has('new') ? null : refused.form.get('id')) === id ? refused : null

const CANCEL_WORDS: Record<ReasonCode['cancelReason'], string> = {
  CUSTOMER: 'Customer changed or cancelled',
  DECLINED: 'Payment declined',
  FRAUD: 'Fraud',
  INVENTORY: 'Not in stock',
  STAFF: 'Staff error',
  OTHER: 'Other',
}
const DISCREPANCY_WORDS: Record<ReasonCode['discrepancy'], string> = {
  CUSTOMER: 'Customer satisfaction',
  DAMAGE: 'Damage',
  RESTOCK: 'Restock',
  OTHER: 'Other',
}

type Fields = { id: string; en: string; de: string; needsText: boolean; retired: boolean } & Pick<
  ReasonCode,
  'cancelReason' | 'discrepancy'
>

const fieldsOf = (reason: ReasonCode | null): Fields => ({
  id: '',
  cancelReason: 'OTHER',
  discrepancy: 'OTHER',
  needsText: false,
  retired: false,
  ...reason,
  en: reason?.labels['en'] ?? '',
  de: reason?.labels['de'] ?? '',
})

const typedFields = (typed: URLSearchParams): Fields => ({
  id: typed.get('id') ?? '',
  en: typed.get('label.en') ?? '',
  de: typed.get('label.de') ?? '',
  cancelReason: Words.shape.cancelReason.catch('OTHER').parse(typed.get('cancelReason')),
  discrepancy: Words.shape.discrepancy.catch('OTHER').parse(typed.get('discrepancy')),
  needsText: typed.has('needsText'),
  retired: typed.has('retired'),
})

const form = (visit: Visit, reason: ReasonCode | null, refused: Refused | null) => {
  const fields = refused ? typedFields(refused.form) : fieldsOf(reason)
  return html`
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    ${refused && html`<p class="bad" role="alert">${refused.problem}</p>`}
    ${
      reason
        ? html`<input type="hidden" name="id" value=${reason.id} />`
        : html`<input type="hidden" name="new" value="1" /><label>Name<small>small letters, digits and _; stays for ever</small>
          <input name="id" pattern="[a-z][a-z0-9_]*" maxlength="40" required value=${fields.id} /></label>`
    }
    <label>English<input name="label.en" maxlength="80" required value=${fields.en} /></label>
    <label>German<input name="label.de" maxlength="80" value=${fields.de} /></label>
    ${choice('cancelReason', 'In Shopify, when an order is cancelled', CANCEL_WORDS, fields.cancelReason)}
    ${choice('discrepancy', 'In Shopify, when money is refunded', DISCREPANCY_WORDS, fields.discrepancy)}
    <label><input type="checkbox" name="needsText" checked=${fields.needsText} /> The agent must say more</label>
    ${reason && html`<label><input type="checkbox" name="retired" checked=${fields.retired} /> Retired</label>`}
    <button class="second">${reason ? 'Save' : 'Add'}</button>
  </form>`
}

const choice = (name: string, label: string, words: Record<string, string>, chosen: string) => html`
  <label>${label}<select name=${name}>${Object.entries(words).map(
    ([value, word]) => html`<option value=${value} selected=${value === chosen}>${word}</option>`,
  )}</select></label>`
