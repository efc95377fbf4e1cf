import { LEADS } from '../../../../shared/roles.ts'
import { type SlaPolicy, type SlaRules, TierRules } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { type CategoryLabels, labelsIn } from '../../tickets/index.ts'
import { COUNTED_DAYS, countEscalations } from '../escalations/counting.ts'
import { hasHours } from '../rules/defaults.ts'
import { TIER_WORDS } from '../rules/matching.ts'
import { readRules, writeRules } from '../rules/writing.ts'
import { REASON_WORDS } from '../showing/words.ts'
import { trialsIn } from '../trying/reading.ts'

const PATH = '/settings/sla'
const TIERS = ['plus', 'vip'] as const

type Rules = SlaRules & { version: number }
type Told = { form: URLSearchParams | null; problem: string | null }

export const policiesPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { form: null, problem: null }), {
  word: 'Answering times',
  group: 'Work',
})

/** Moves a policy up or down, or takes it away. */
export const policiesForm = submission(PATH, LEADS, (ctx: Ctx, visit: Visit) =>
  saved(ctx, visit, (rules) => ({
    ...rules,
    policies: rearranged(rules.policies, visit.form.get('policy') ?? '', visit.form.get('act') ?? ''),
  })),
)

export const tiersForm = submission(`${PATH}/tiers`, LEADS, (ctx: Ctx, visit: Visit) =>
  saved(ctx, visit, (rules) => ({ ...rules, tiers: tiersIn(visit.form) })),
)

const saved = (ctx: Ctx, visit: Visit, change: (rules: Rules) => Rules) =>
  orShowAgain(
    async () => {
      const rules = await rulesFor(ctx, visit)
      await writeRules(ctx, { ...change(rules), version: Number(visit.form.get('version')) }, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { form: visit.form, problem }),
  )

const rulesFor = (ctx: Ctx, { actor }: Visit) => inWorkspace(ctx, actor.workspaceId, readRules, { reads: true })

function rearranged(policies: readonly SlaPolicy[], id: string, act: string): SlaPolicy[] {
  const at = policies.findIndex((policy) => policy.id === id)
  const policy = policies[at]
  if (!policy || id === 'default') throw new DeskError('invalid_request', 'This policy stays where it is.')
  const others = policies.toSpliced(at, 1)
  if (act === 'remove') return others
  const place = act === 'up' ? at - 1 : at + 1
  return others.toSpliced(Math.max(0, Math.min(place, others.length - 1)), 0, policy)
}

/** @throws DeskError invalid_request */
function tiersIn(form: URLSearchParams): TierRules {
  const ruleOf = (tier: string) => {
    const text = (name: string) => (form.get(`${tier}.${name}`) ?? '').trim()
    return { orders: wholeOf(text('orders'), 1), spent: wholeOf(text('spent'), 100), tag: text('tag') || null }
  }
  const tiers = TierRules.safeParse({ plus: ruleOf('plus'), vip: ruleOf('vip') })
  if (tiers.success) return tiers.data
  throw new DeskError(
    'invalid_request',
    'Orders and amounts are whole numbers, like 5 and 500; a tag has 60 characters at most.',
  )
}

/** Nothing does not count; what is no number is refused by the rules. */
const wholeOf = (text: string, times: number): number | null =>
  text === '' ? null : /^\d{1,9}$/.test(text) ? Number(text) * times : -1

async function shown(ctx: Ctx, visit: Visit, { form, problem }: Told) {
  const { workspaceId } = visit.actor
  const stored = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({
      rules: await readRules(tx),
      labels: await labelsIn(tx),
      escalated: await countEscalations(tx),
      trials: await trialsIn(tx),
    }),
    { reads: true },
  )
  const body = html`${view(visit, stored, { form, problem })}${trialsView(stored.trials)}${escalatedView(stored.escalated)}`
  return { title: 'Answering times', body }
}

const trialsView = (trials: Awaited<ReturnType<typeof trialsIn>>) =>
  trials.length > 0 &&
  html`<section>
  <h2>Tried on the past</h2>
  <ul>${trials.map(({ id, name, askedAt }) => html`<li><a href=${`${PATH}/trials/${id}`}>${name}</a> <span class="soft">${askedAt.toISOString().slice(0, 10)}</span></li>`)}</ul>
</section>`

const escalatedView = (escalated: Awaited<ReturnType<typeof countEscalations>>) => html`<section>
  <h2>Escalated by hand in ${COUNTED_DAYS} days</h2>
  ${escalated.length === 0 ? html`<p>Nobody escalated a ticket.</p>` : html`<ul>${escalated.map(({ reason, count }) => html`<li>${REASON_WORDS[reason]}: ${count}</li>`)}</ul>`}
</section>`

type Stored = { rules: Rules; labels: CategoryLabels }

const view = (visit: Visit, stored: Stored, { form, problem }: Told) => {
  const { rules } = stored
  return html`
  <h1>Answering times</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. Open tickets are counted anew within a minute or two.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>The first policy that takes a ticket says by when it is answered. ${!hasHours(rules.hours) && html`No <a href="/settings/hours">business hours</a> are set, so every minute counts.`}</p>
  <section>
    <h2>Policies</h2>
    <ol>${rules.policies.map((policy, at) => policyLine(visit, stored, policy, at))}</ol>
    <p><a class="button" href=${`${PATH}/policies/new`}>Add a policy</a></p>
  </section>
  <section>
    <h2>Who is a plus or a VIP customer</h2>
    <p class="soft">By what the shop knows of them. One of the three is enough; an empty field does not count.</p>
    <form method="post" action=${`${PATH}/tiers`}>
      ${formToken(visit)}<input type="hidden" name="version" value=${rules.version} />
      ${TIERS.map((tier) => tierFields(tier, rules, form))}
      <button class="second">Save</button>
    </form>
  </section>`
}

const policyLine = (visit: Visit, { rules, labels }: Stored, policy: SlaPolicy, at: number) => html`<li>
  <a href=${`${PATH}/policies/${policy.id}`}>${policy.name}</a> <span class="soft">${conditionWords(policy, labels)}</span>
  ${
    policy.id !== 'default' &&
    html`<form class="who" method="post" action=${PATH}>
      ${formToken(visit)}<input type="hidden" name="version" value=${rules.version} /><input type="hidden" name="policy" value=${policy.id} />
      <button class="quiet" name="act" value="up" disabled=${at === 0}>Up</button>
      <button class="quiet" name="act" value="down" disabled=${at === rules.policies.length - 2}>Down</button>
      <button class="quiet" name="act" value="remove">Remove</button>
    </form>`
  }</li>`

/** Which tickets a policy takes. */
export function conditionWords(
  { id, categories, tiers, mailboxIds, exempt }: SlaPolicy,
  labels: CategoryLabels,
): string {
  if (id === 'default') return 'every other ticket'
  const words = [
    categories.length > 0 && `only ${categories.map((category) => labels.get(category) ?? category).join(' or ')}`,
    tiers.length > 0 && tiers.map((tier) => TIER_WORDS[tier]).join(' or '),
    mailboxIds.length > 0 && `${mailboxIds.length} of the mailboxes`,
  ].filter((part) => part !== false)
  return `${words.join(', ') || 'every ticket'}${exempt ? ': no targets' : ''}`
}

function tierFields(tier: (typeof TIERS)[number], { tiers }: Rules, form: URLSearchParams | null) {
  const { orders, spent, tag } = tiers[tier]
  const stored = { orders: orders ?? '', spent: spent === null ? '' : spent / 100, tag: tag ?? '' }
  const field = (name: keyof typeof stored, label: string) => html`
    <label>${label}<input name=${`${tier}.${name}`} value=${form?.get(`${tier}.${name}`) ?? stored[name]} autocomplete="off" /></label>`
  return html`<h2>${TIER_WORDS[tier]}</h2>${field('orders', 'Orders, at least')}${field('spent', 'Spent, at least, in the shop’s money')}${field('tag', 'Or with this tag in the shop')}`
}
