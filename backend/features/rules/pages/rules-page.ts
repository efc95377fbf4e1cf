import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import type { Rule } from '../../../../shared/rules.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { listRules } from '../definitions/presenting.ts'
import { moveRule, switchRule } from '../definitions/writing.ts'
import { newestTrial, type TrialRow } from '../trials/rows.ts'
import { startTrial } from '../trials/starting.ts'

export const PATH = '/settings/rules'

export const rulesPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null), { word: 'Rules', group: 'Work' })

/** One place up or down, or on and off. */
export const ruleSwitch = submission(`${PATH}/:ruleId/place`, ADMINS, (ctx: Ctx, visit: Visit) =>
  orShowAgain(
    async () => {
      await moveOrSwitch(ctx, visit)
      return PATH
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

async function moveOrSwitch(ctx: Ctx, { params, form, actor }: Visit): Promise<void> {
  const id = params['ruleId'] ?? ''
  const to = form.get('to')
  if (to === 'on' || to === 'off') return switchRule(ctx, id, to === 'on', actor)
  const rules = await inWorkspace(ctx, actor.workspaceId, listRules, { reads: true })
  const place = rules.find((rule) => rule.id === id)?.position
  if (place === undefined) throw new DeskError('not_found', 'There is no such rule any more.')
  await moveRule(ctx, id, Math.max(1, to === 'up' ? place - 1 : place + 1), actor)
}

export const trialForm = submission(`${PATH}/trials`, LEADS, (ctx: Ctx, visit: Visit) =>
  orShowAgain(
    async () =>
      `${PATH}/trials/${await inWorkspace(ctx, visit.actor.workspaceId, (tx) => startTrial(tx, visit.actor))}`,
    (problem) => shown(ctx, visit, problem),
  ),
)

type Seen = { rules: Rule[]; trial: TrialRow | null; zone: string; problem: string | null }

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const seen = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ rules: await listRules(tx), trial: await newestTrial(tx), zone: await zoneOf(tx), problem }),
    { reads: true },
  )
  return { title: 'Rules', body: view(visit, seen) }
}

const view = (visit: Visit, { rules, trial, zone, problem }: Seen) => html`
  <h1>Rules</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>They are tried from top to bottom, and each sees what the ones above it did. Mail of machines and of the past sets none off.</p>
  <p class="row">${isAdmin(visit) && html`<a href=${`${PATH}/new`}>A new rule</a> `}<a href=${`${PATH}/log`}>What they did</a>${isAdmin(visit) && html` <a href="/settings/changes">Who changed them</a>`}</p>
  ${rules.length === 0 && html`<p>There are no rules yet.</p>`}
  ${rules.map((rule) => section(visit, rule, rules.length))}
  ${
    rules.length > 0 &&
    html`<section aria-label="Dry run"><h2>Dry run</h2>
    <p>What would all of them, also those that are off, have done in the last 30 days? It changes nothing.</p>
    ${trial && html`<p><a href=${`${PATH}/trials/${trial.id}`}>The one of ${timeIn(zone, trial.createdAt)}</a></p>`}
    <form method="post" action=${`${PATH}/trials`}>${formToken(visit)}<button class="second">Try them</button></form></section>`
  }`

const isAdmin = ({ actor }: Visit): boolean => actor.role === 'admin'

const STATES = { on: 'on', off: 'off', paused: 'paused by itself' } as const

const section = (visit: Visit, { id, name, position, state, problem, warnings, words }: Rule, count: number) => html`
  <section aria-label=${name}>
    <h2>${position}. ${isAdmin(visit) ? html`<a href=${`${PATH}/${id}`}>${name}</a>` : name} <span class=${state === 'on' ? 'good' : 'bad'}>${STATES[state]}</span></h2>
    <p>When ${words.when}${words.conditions.length > 0 && html`, if ${words.conditions.join(', and ')}`}: ${words.acts.join(', ')}.</p>
    ${problem && html`<p class="bad">${problem}</p>`}
    ${warnings.map((warning) => html`<p class="bad">${warning}</p>`)}
    ${isAdmin(visit) && controls(visit, { id, position, state }, count)}
  </section>`

const controls = (
  visit: Visit,
  { id, position, state }: Pick<Rule, 'id' | 'position' | 'state'>,
  count: number,
) => html`
  <form class="who" method="post" action=${`${PATH}/${id}/place`}>${formToken(visit)}
    <button class="quiet" name="to" value=${state === 'on' ? 'off' : 'on'}>Switch ${state === 'on' ? 'off' : 'on'}</button>
    <button class="quiet" name="to" value="up" disabled=${position === 1}>Up</button>
    <button class="quiet" name="to" value="down" disabled=${position === count}>Down</button>
  </form>`
