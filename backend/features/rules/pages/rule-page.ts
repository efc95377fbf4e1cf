import { ADMINS } from '../../../../shared/roles.ts'
import { RULE_LIMITS } from '../../../../shared/rules.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { type RuleRow, ruleIn } from '../definitions/rows.ts'
import { type Targets, targetsIn } from '../definitions/targets.ts'
import { addRule, removeRule, writeRule } from '../definitions/writing.ts'
import { PRIORITIES, STATUSES } from './names.ts'
import { ACT_KINDS } from './typed-acts.ts'
import { CONDITION_KINDS } from './typed-conditions.ts'
import { fieldsIn, fieldsOf, type LineGroup, NEW_RULE, type RuleFields, ruleInput, WHEN_KINDS } from './typed-rule.ts'

const LIST = '/settings/rules'
const PATHS = [`${LIST}/new`, `${LIST}/:ruleId`] as const
const EMPTY_LINES = 3

/** A new rule, and one that is there. */
export const rulePagesOf = PATHS.flatMap((path) => [
  page(path, ADMINS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null })),
  submission(path, ADMINS, sent),
])

function sent(ctx: Ctx, visit: Visit) {
  const fields = fieldsIn(visit.form)
  return orShowAgain(
    async () => {
      await (visit.form.get('act') === 'remove'
        ? removeRule(ctx, nameOf(visit), visit.actor)
        : save(ctx, visit, fields))
      return `${LIST}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
}

const nameOf = ({ params }: Visit) => params['ruleId'] ?? 'new'

async function save(ctx: Ctx, visit: Visit, fields: RuleFields): Promise<void> {
  const { actor } = visit
  const { targets } = await inWorkspace(ctx, actor.workspaceId, (tx) => factsIn(tx, visit), { reads: true })
  const input = ruleInput(fields, targets)
  if (nameOf(visit) === 'new') await addRule(ctx, input, actor)
  else await writeRule(ctx, nameOf(visit), { ...input, version: Number(visit.form.get('version')) }, actor)
}

/** @throws DeskError not_found */
const factsIn = async (tx: Tx, visit: Visit): Promise<{ rule: RuleRow | null; targets: Targets }> => ({
  rule: nameOf(visit) === 'new' ? null : await ruleIn(tx, nameOf(visit)),
  targets: await targetsIn(tx),
})

type Told = { fields: RuleFields | null; problem: string | null }

async function shown(ctx: Ctx, visit: Visit, { fields, problem }: Told) {
  const { rule, targets } = await inWorkspace(ctx, visit.actor.workspaceId, (tx) => factsIn(tx, visit), { reads: true })
  const typed = fields ?? (rule ? fieldsOf(rule.definition, rule.state === 'on', targets) : NEW_RULE)
  const title = rule ? `Rule ${rule.definition.name}` : 'A new rule'
  return { title, body: view(visit, { title, rule, targets, typed, problem: problem ?? rule?.problem ?? null }) }
}

type Shown = { title: string; rule: RuleRow | null; targets: Targets; typed: RuleFields; problem: string | null }

const view = (visit: Visit, { title, rule, targets, typed, problem }: Shown) => html`
  <p><a href=${LIST}>Rules</a></p>
  <h1>${title}</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <form method="post" action=${`${LIST}/${nameOf(visit)}`}>
    ${formToken(visit)}<input type="hidden" name="version" value=${visit.form.get('version') ?? rule?.version ?? 0} />
    <section>
      <label>Name<input name="name" value=${typed.name} maxlength=${RULE_LIMITS.name} autocomplete="off" /></label>
      <label><input type="checkbox" name="on" checked=${typed.on} /> Switched on</label>
    </section>
    <section><h2>When</h2>
      <label>What happens<select name="when">${options(WHEN_KINDS, typed.when)}</select></label>
      <label>Hours<small>where it says … hours</small><input name="hours" value=${typed.hours} inputmode="numeric" autocomplete="off" /></label>
      <label>Which hours<select name="unit">${options({ hours: 'Every hour', business_hours: 'Business hours only' }, typed.unit)}</select></label>
    </section>
    <section><h2>If all of these are so</h2>${lines('all', typed, CONDITION_KINDS)}</section>
    <section><h2>And one of these, if there are any</h2>${lines('any', typed, CONDITION_KINDS)}</section>
    <section><h2>Then</h2>${lines('acts', typed, ACT_KINDS)}</section>
    ${help(targets)}
    <button name="act" value="save">Save</button>
    ${rule && html` <button class="second" name="act" value="remove">Remove</button>`}
  </form>`

const options = (kinds: Readonly<Record<string, string>>, chosen: string) =>
  Object.entries(kinds).map(
    ([value, words]) => html`<option value=${value} selected=${value === chosen}>${words}</option>`,
  )

const LIMIT = { all: RULE_LIMITS.conditions, any: RULE_LIMITS.conditions, acts: RULE_LIMITS.acts }

/** What is there already, and some empty lines; more come with saving. */
function lines(group: LineGroup, typed: RuleFields, kinds: Readonly<Record<string, string>>) {
  const there = typed[group]
  const count = Math.min(there.length + EMPTY_LINES, LIMIT[group])
  return Array.from({ length: count }, (_, n) => {
    const { kind, value } = there[n] ?? { kind: '', value: '' }
    return html`<p>
      <select name=${`${group}.${n}.kind`} aria-label=${`What, line ${n + 1}`}><option value="" selected=${kind === ''}>(nothing)</option>${options(kinds, kind)}</select>
      <textarea name=${`${group}.${n}.value`} rows="1" aria-label=${`Which, line ${n + 1}`}>${value}</textarea></p>`
  })
}

const help = ({ people, mailboxes, replies, categories }: Targets) => html`
  <details><summary>What can be written</summary>
    <p>Several things go with commas between them. Words are found whole, in any case.</p>
    <dl>
      ${entry('Status', Object.values(STATUSES))}${entry('Priority', Object.values(PRIORITIES))}${entry('Category', [...categories])}
      ${entry(
        'People',
        [...people.values()].flatMap(({ email, atWork }) => (atWork ? [email] : [])),
      )}
      ${entry('Mailboxes', [...mailboxes.values()])}${entry(
        'Saved replies',
        [...replies.values()].map(({ title }) => title),
      )}
    </dl>
  </details>`

const entry = (name: string, values: readonly string[]) =>
  html`<dt>${name}</dt><dd>${values.slice(0, 100).join(', ') || 'none'}</dd>`
