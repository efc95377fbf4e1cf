import { LEADS } from '../../../../shared/roles.ts'
import type { RuleOutcome, RuleRun } from '../../../../shared/rules.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { page, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { listRuns } from '../listing.ts'
import { PATH } from './rules-page.ts'

const AT_ONCE = 50

/** What rules did, newest first. */
export const logPage = page(`${PATH}/log`, LEADS, async (ctx, visit) => {
  const { actor, query } = visit
  const log = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({
      ...(await listRuns(ctx.signer, tx, { cursor: query.get('cursor') ?? undefined, limit: AT_ONCE })),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  return { title: 'What rules did', body: view(visit, log) }
})

const view = (_visit: Visit, { items, next, zone }: { items: RuleRun[]; next: string | null; zone: string }) => html`
  <p><a href=${PATH}>Rules</a></p>
  <h1>What rules did</h1>
  <p class="soft">Kept for 30 days. Rules that changed nothing because their conditions were not met are not listed.</p>
  ${items.length === 0 && html`<p>Nothing yet.</p>`}
  ${items.map((run) => line(run, zone))}
  ${next && html`<p><a class="button" href=${`${PATH}/log?${new URLSearchParams({ cursor: next })}`}>Earlier</a></p>`}`

const OUTCOMES: Record<RuleOutcome, string> = {
  applied: 'done',
  unchanged: 'nothing to change',
  stopped: 'stopped',
  failed: 'not done',
}

const line = ({ rule, ticket, at, outcome, words }: RuleRun, zone: string) => html`
  <section aria-label=${`${rule.name}, ${ticket.number}`}>
    <p><strong>${rule.name}</strong> on ${ticket.number} <span class=${outcome === 'applied' || outcome === 'unchanged' ? 'good' : 'bad'}>${OUTCOMES[outcome]}</span> <span class="soft">${timeIn(zone, new Date(at))}</span></p>
    <ul>${words.map((one) => html`<li>${one}</li>`)}</ul>
  </section>`
