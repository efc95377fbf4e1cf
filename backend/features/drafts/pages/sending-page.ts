import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import { ClosingSettings, SendingRule } from '../../../../shared/sending.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { type CategoryLabels, categoriesIn, labelsIn } from '../../tickets/index.ts'
import { closingIn, saveClosing } from '../closing/settings.ts'
import { ownText } from '../closing/texts.ts'
import { sendingRulesIn, writeSendingRules } from '../sending/rules.ts'

const PATH = '/settings/sending'

/** The fields of both forms as text, by their names. */
type Fields = Record<string, string>
type Told = { fields: Fields | null; problem: string | null }

const KINDS = { wait: 'Wait for the customer', solve: 'Solve', keep: 'Keep open, the answer is still owed' } as const
const DAYS = {
  closeSolved: 'Close solved tickets after',
  remindPending: 'Remind a customer who is waited for after',
  closeReminded: 'Close their ticket after further',
} as const
/** `other` is every category without a rule of its own; a rule named `usual` is none. */
const namesIn = async (tx: Tx): Promise<string[]> => {
  const live = (await categoriesIn(tx)).flatMap(({ id, retired }) => (retired || id === 'other' ? [] : [id]))
  return ['other', ...live]
}
const categoryOf = (name: string) => (name === 'other' ? '' : name)

export const sendingPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null }), {
  word: 'After sending and closing',
  group: 'Answers',
})

export const sendingForm = submission(PATH, ADMINS, (ctx, visit) => {
  const fields = Object.fromEntries([...visit.form].map(([name, value]) => [name, value.trim()]))
  return orShowAgain(
    async () => {
      if (visit.form.has('closing')) await saveDays(ctx, visit, fields)
      else if (visit.form.has('texts')) await saveTexts(ctx, visit, fields)
      else await saveRules(ctx, visit, fields)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

/** Rules of other categories, which programs may have set, stay. */
async function saveRules(ctx: Ctx, { actor }: Visit, fields: Fields): Promise<void> {
  const { kept, names } = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({ kept: await sendingRulesIn(tx), names: await namesIn(tx) }),
    { reads: true },
  )
  const named = names.map(categoryOf)
  const rules = names.flatMap((name) => {
    const kind = fields[`kind-${name}`] ?? 'usual'
    if (kind === 'usual') return []
    const hours = kind === 'keep' ? wholeNumber(fields[`hours-${name}`] ?? '') : null
    const rule = SendingRule.safeParse({ category: categoryOf(name), kind, hours })
    if (!rule.success) throw new DeskError('invalid_request', 'Hours: write a whole number, 1 to 720, or nothing.')
    return [rule.data]
  })
  await writeSendingRules(ctx, [...kept.filter(({ category }) => !named.includes(category)), ...rules], actor)
}

async function saveDays(ctx: Ctx, { actor }: Visit, fields: Fields): Promise<void> {
  const { texts } = await inWorkspace(ctx, actor.workspaceId, closingIn, { reads: true })
  const days = Object.fromEntries(Object.keys(DAYS).map((name) => [name, wholeNumber(fields[name] ?? '')]))
  const wish = ClosingSettings.safeParse({ ...days, texts })
  if (!wish.success)
    throw new DeskError('invalid_request', 'Days: write a whole number, 1 to 365, or nothing for never.')
  await saveClosing(ctx, wish.data, actor)
}

async function saveTexts(ctx: Ctx, { actor }: Visit, fields: Fields): Promise<void> {
  const { texts: _, ...days } = await inWorkspace(ctx, actor.workspaceId, closingIn, { reads: true })
  const texts = Object.keys(LANGUAGES).map((code) => [code, fields[textField(code)] ?? ''])
  const wish = ClosingSettings.safeParse({ ...days, texts: Object.fromEntries(texts) })
  if (!wish.success) throw new DeskError('invalid_request', 'A text has 5,000 characters at most. Make it shorter.')
  await saveClosing(ctx, wish.data, actor)
}

const textField = (code: string) => `text-${code}`

/** Nothing is null; what is no number is refused by its schema. */
const wholeNumber = (text: string): number | null =>
  text === '' ? null : /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN

async function shown(ctx: Ctx, visit: Visit, { fields, problem }: Told) {
  const stored = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({
      rules: await sendingRulesIn(tx),
      closing: await closingIn(tx),
      names: await namesIn(tx),
      labels: await labelsIn(tx),
    }),
    { reads: true },
  )
  const now: Fields = {
    ...Object.fromEntries(stored.rules.map(({ category, kind }) => [`kind-${category || 'other'}`, kind])),
    ...Object.fromEntries(
      stored.rules.map(({ category, hours }) => [`hours-${category || 'other'}`, String(hours ?? '')]),
    ),
    ...Object.fromEntries(
      Object.keys(DAYS).map((name) => [name, String(stored.closing[name as keyof typeof DAYS] ?? '')]),
    ),
    ...Object.fromEntries(Object.entries(stored.closing.texts).map(([code, text]) => [textField(code), text ?? ''])),
  }
  return {
    title: 'After sending and closing',
    body: view(visit, { fields: { ...now, ...fields }, names: stored.names, labels: stored.labels, problem }),
  }
}

type Shown = { fields: Fields; names: readonly string[]; labels: CategoryLabels; problem: string | null }

const view = (visit: Visit, { fields, names, labels, problem }: Shown) => html`
  <h1>After sending and closing</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${visit.actor.role !== 'admin' && html`<p>An admin changes this.</p>`}
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <section>
      <h2>When an answer was sent and nobody chose</h2>
      ${names.map((name) => ruleFields(name, labels.get(name) ?? name, fields))}
    </section>
    <button disabled=${visit.actor.role !== 'admin'}>Save what follows</button>
  </form>
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <input type="hidden" name="closing" value="1" />
    <section>
      <h2>Closing by itself</h2>
      ${Object.entries(DAYS).map(
        ([name, words]) => html`
        <label>${words} … days<small>empty is never</small>
          <input name=${name} inputmode="numeric" autocomplete="off" value=${fields[name] ?? ''} /></label>`,
      )}
    </section>
    <button disabled=${visit.actor.role !== 'admin'}>Save the days</button>
  </form>
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <input type="hidden" name="texts" value="1" />
    <section>
      <h2>What a customer is asked before</h2>
      <p class="soft">In their language; {customer}, {ticket}, {subject} and {days} are filled in. An empty one is ours, which stands in it.</p>
      ${Object.entries(LANGUAGES).map(([code, name]) => textArea(code, name, fields))}
    </section>
    <button disabled=${visit.actor.role !== 'admin'}>Save the texts</button>
  </form>`

const textArea = (code: string, name: string, fields: Fields) => html`
  <label>${name}<textarea name=${textField(code)} rows="4" maxlength="5000" placeholder=${ownText(code, Number(fields['closeReminded']) || null)}>${fields[textField(code)] ?? ''}</textarea></label>`

const ruleFields = (name: string, label: string, fields: Fields) => html`
  <label>${name === 'other' ? 'All other tickets' : `Category ${label}`}
    <select name=${`kind-${name}`}>
      <option value="usual" selected=${!fields[`kind-${name}`]}>${name === 'other' ? 'Usual: wait for them' : 'As all others'}</option>
      ${Object.entries(KINDS).map(
        ([kind, words]) => html`<option value=${kind} selected=${fields[`kind-${name}`] === kind}>${words}</option>`,
      )}
    </select></label>
  <label>Answer owed within … hours<small>only where it is kept open; empty is no time</small>
    <input name=${`hours-${name}`} inputmode="numeric" autocomplete="off" value=${fields[`hours-${name}`] ?? ''} /></label>`
