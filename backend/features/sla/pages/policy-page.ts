import { LEADS } from '../../../../shared/roles.ts'
import {
  CUSTOMER_TIERS,
  SLA_TARGETS,
  SLA_TOLD,
  type SlaPolicy,
  type SlaRules,
  type SlaTold,
} from '../../../../shared/sla.ts'
import { TICKET_PRIORITIES } from '../../../../shared/tickets.ts'
import type { Category } from '../../../../shared/triage.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { type CategoryLabels, categoriesIn, labelsIn, PRIORITY_WORDS } from '../../tickets/index.ts'
import { DEFAULT_POLICY } from '../rules/defaults.ts'
import { TIER_WORDS } from '../rules/matching.ts'
import { readRules, writeRules } from '../rules/writing.ts'
import { TARGET_WORDS } from '../showing/words.ts'
import { triedIn } from '../trying/reading.ts'
import { TRIED_DAYS, tryRules } from '../trying/trials.ts'
import { fieldsIn, fieldsOf, type PolicyFields, policyOf, targetField } from './policy-fields.ts'

const PATH = '/settings/sla/policies/:policy'
const LIST = '/settings/sla'

type Told = { fields: PolicyFields | null; problem: string | null; isTried?: boolean }

/** A policy as it is, or as a trial had it. */
export const policyPage = page(PATH, LEADS, async (ctx, visit) => {
  const fields = await triedFields(ctx, visit)
  return shown(ctx, visit, { fields, problem: null, isTried: fields !== null })
})

async function triedFields(ctx: Ctx, { actor, params, query }: Visit): Promise<PolicyFields | null> {
  const trial = query.get('tried')
  if (trial === null) return null
  const tried = await inWorkspace(ctx, actor.workspaceId, (tx) => triedIn(tx, trial), { reads: true })
  const found = tried.policies.find(({ policy, today }) => (today === null ? 'new' : policy.id) === params['policy'])
  return found ? fieldsOf(found.policy) : null
}

/** Saves a policy in its place; a new one comes first. */
export const policyForm = submission(PATH, LEADS, (ctx: Ctx, visit: Visit) => {
  const fields = fieldsIn(visit.form)
  return orShowAgain(
    async () => {
      const rules = await rulesWith(ctx, visit, fields)
      await writeRules(ctx, { ...rules, version: Number(visit.form.get('version')) }, visit.actor)
      return `${LIST}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

/** Tries a policy on the past, as it stands in the form, and saves nothing. */
export const policyTrial = submission(`${PATH}/trial`, LEADS, (ctx: Ctx, visit: Visit) => {
  const fields = fieldsIn(visit.form)
  return orShowAgain(
    async () => {
      const rules = await rulesWith(ctx, visit, fields)
      return `/settings/sla/trials/${await tryRules(ctx, { rules, name: visit.form.get('name')?.trim() || 'Default' }, visit.actor)}`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

/** The rules with this policy in its place; a new one comes first. */
async function rulesWith(ctx: Ctx, visit: Visit, fields: PolicyFields): Promise<Facts['rules']> {
  const rules = await rulesFor(ctx, visit)
  const known = rules.policies.some(({ id }) => id === nameOf(visit))
  if (!known && nameOf(visit) !== 'new') throw new DeskError('not_found', 'There is no such policy any more.')
  const policy = policyOf(known ? nameOf(visit) : newId(), fields)
  const policies = known
    ? rules.policies.map((one) => (one.id === policy.id ? policy : one))
    : [policy, ...rules.policies]
  return { ...rules, policies }
}

const nameOf = ({ params }: Visit) => params['policy'] ?? ''

const rulesFor = (ctx: Ctx, { actor }: Visit) => inWorkspace(ctx, actor.workspaceId, readRules, { reads: true })

const NEW_POLICY: SlaPolicy = { ...DEFAULT_POLICY, name: '' }

type Facts = {
  rules: SlaRules & { version: number }
  staff: { id: string; name: string }[]
  mailboxes: { id: string; address: string }[]
  categories: readonly Category[]
  labels: CategoryLabels
}

async function factsIn(tx: Tx): Promise<Facts> {
  const { workspaceId } = tx
  const staff = await tx.staff.findMany({
    where: { workspaceId, state: { not: 'deactivated' }, role: { in: ['agent', 'supervisor', 'admin'] } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
    select: { id: true, name: true },
  })
  const mailboxes = await tx.mailbox.findMany({
    where: { workspaceId },
    orderBy: { address: 'asc' },
    take: 100,
    select: { id: true, address: true },
  })
  const [categories, labels] = [await categoriesIn(tx), await labelsIn(tx)]
  return { rules: await readRules(tx), staff, mailboxes, categories, labels }
}

async function shown(ctx: Ctx, visit: Visit, { fields, problem, isTried = false }: Told) {
  const facts = await inWorkspace(ctx, visit.actor.workspaceId, factsIn, { reads: true })
  const policy =
    facts.rules.policies.find(({ id }) => id === nameOf(visit)) ?? (nameOf(visit) === 'new' ? NEW_POLICY : null)
  if (!policy) throw new DeskError('not_found', 'There is no such policy any more.')
  const title = nameOf(visit) === 'new' ? 'A new policy' : `Policy ${policy.name}`
  return { title, body: view(visit, facts, { title, fields: fields ?? fieldsOf(policy), problem, isTried }) }
}

const view = (
  visit: Visit,
  facts: Facts,
  {
    title,
    fields,
    problem,
    isTried,
  }: { title: string; fields: PolicyFields; problem: string | null; isTried: boolean },
) => {
  const { text } = fields
  const isDefault = nameOf(visit) === 'default'
  return html`
  <p><a href=${LIST}>Answering times</a></p>
  <h1>${title}</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${isTried && html`<p role="status">This is the policy as it was tried. It counts once you save it.</p>`}
  <form method="post" action=${`/settings/sla/policies/${nameOf(visit)}`}>
    ${formToken(visit)}<input type="hidden" name="version" value=${facts.rules.version} />
    <section>
      <label>Name<input name="name" value=${text['name'] ?? ''} maxlength="80" required autocomplete="off" /></label>
      ${isDefault ? html`<p>It takes every ticket that no other policy takes.</p>` : conditions(fields, facts)}
    </section>
    <section>
      <h2>Targets</h2>
      <p class="soft">45 min, 4 h, 1 h 30 min, 2 d; nothing is no target. ${!isDefault && 'A priority without any is left to the policies that follow.'}</p>
      <div class="scroll"><table>
        <thead><tr><td></td>${SLA_TARGETS.map((target) => html`<th>${TARGET_WORDS[target]}</th>`)}</tr></thead>
        <tbody>${[...TICKET_PRIORITIES].reverse().map((priority) => html`<tr><th scope="row">${PRIORITY_WORDS[priority]}</th>${SLA_TARGETS.map((target) => targetCell(text, priority, target))}</tr>`)}</tbody>
      </table></div>
      ${choice('unit', 'What counts', text['unit'], [
        ['minutes', 'Every minute'],
        ['business_minutes', 'Business hours only'],
      ])}
    </section>
    <section>
      <h2>Late</h2>
      <label>Warn at percent of a target<small>10 to 99; nothing warns nobody</small><input name="warnPercent" value=${text['warnPercent'] ?? ''} inputmode="numeric" autocomplete="off" /></label>
      <label>Or so many minutes before<small>whichever comes first; targets that are shorter have none</small><input name="warnMinutes" value=${text['warnMinutes'] ?? ''} inputmode="numeric" autocomplete="off" /></label>
      ${choice('tellWarning', 'A warning is mailed to', text['tellWarning'], TOLD)}
      ${choice('tellBreach', 'A late ticket is mailed to', text['tellBreach'], TOLD)}
      <label><input type="checkbox" name="raisePriority" checked=${fields.raisePriority} /> A late ticket goes one priority up</label>
      ${choice('reassignTo', 'A late ticket is given to', text['reassignTo'], [['', 'stays where it is'], ['nobody', 'nobody: it goes back to the queue'], ...facts.staff.map(({ id, name }) => [id, name] as const)])}
    </section>
    <p class="soft">Trying changes nothing: it counts which answers of the last ${TRIED_DAYS} days would have been late.</p>
    <button>Save</button> <button class="second" formaction=${`/settings/sla/policies/${nameOf(visit)}/trial`}>Try on the past</button>
  </form>`
}

const conditions = ({ categories, tiers, mailboxIds, exempt }: PolicyFields, facts: Facts) => html`
  <fieldset><legend>Categories</legend><p class="soft">None ticked is every category.</p>
    ${offered(facts, categories).map((id) => html`<label><input type="checkbox" name="category" value=${id} checked=${categories.includes(id)} /> ${facts.labels.get(id) ?? id}</label>`)}
  </fieldset>
  <fieldset><legend>Customers</legend><p class="soft">None ticked is everybody.</p>
  ${CUSTOMER_TIERS.map((tier) => html`<label><input type="checkbox" name="tier" value=${tier} checked=${tiers.includes(tier)} /> ${TIER_WORDS[tier]}</label>`)}
  </fieldset>
  ${facts.mailboxes.length > 0 && mailboxBoxes(facts, mailboxIds)}
  <label><input type="checkbox" name="exempt" checked=${exempt} /> These tickets have no targets</label>`

const mailboxBoxes = ({ mailboxes }: Facts, chosen: readonly string[]) => html`
  <fieldset><legend>Mail to</legend><p class="soft">None ticked is every mailbox.</p>
    ${mailboxes.map(({ id, address }) => html`<label><input type="checkbox" name="mailbox" value=${id} checked=${chosen.includes(id)} /> ${address}</label>`)}
  </fieldset>`

/** What was chosen stays in the list, also when it is retired since. */
function offered({ categories }: Facts, chosen: readonly string[]): string[] {
  const live = categories.flatMap(({ id, retired }) => (retired && !chosen.includes(id) ? [] : [id]))
  return [...new Set([...live, ...chosen])]
}

const targetCell = (text: PolicyFields['text'], priority: string, target: (typeof SLA_TARGETS)[number]) => {
  const name = targetField(priority, target)
  return html`<td><input name=${name} aria-label=${`${TARGET_WORDS[target]}, ${priority}`} value=${text[name] ?? ''} autocomplete="off" /></td>`
}

const TOLD_WORDS: Record<SlaTold, string> = {
  nobody: 'nobody',
  assignee: 'its owner',
  supervisors: 'the supervisors',
  both: 'its owner and the supervisors',
}
const TOLD = SLA_TOLD.map((value) => [value, TOLD_WORDS[value]] as const)

const choice = (
  name: string,
  label: string,
  chosen: string | undefined,
  choices: readonly (readonly [string, string])[],
) => html`
  <label>${label}<select name=${name}>${choices.map(([value, words]) => html`<option value=${value} selected=${value === chosen}>${words}</option>`)}</select></label>`
