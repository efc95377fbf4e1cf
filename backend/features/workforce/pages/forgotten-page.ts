import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { confirmTimes } from '../clocking/confirming.ts'
import { type Forgotten, forgottenIn } from '../clocking/forgotten.ts'
import { dayWords } from '../shifts/words.ts'
import { timesWords } from './spans.ts'

const PATH = '/desk/team/forgotten'

const MOST = 50

/** Work that nobody logged out of, until somebody says that its times are right, or corrects them. */
export const forgottenPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null))

export const forgottenForm = submission(`${PATH}/:sessionId`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const { params, form, actor } = visit
      await confirmTimes(ctx, params['sessionId'] ?? '', Number(form.get('version')), actor)
      return PATH
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

type Facts = { zone: string; now: Date; sessions: Forgotten[] }

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const facts = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx): Promise<Facts> => ({ zone: await zoneOf(tx), now: tx.now, sessions: await forgottenIn(tx, MOST) }),
    { reads: true },
  )
  return { title: 'Forgotten log-outs', body: view(visit, facts, problem) }
}

const view = (visit: Visit, facts: Facts, problem: string | null) => html`
  <h1>Forgotten log-outs</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${
    facts.sessions.length === 0
      ? html`<p>Nobody forgot to log out, or all of it was looked at.</p>`
      : html`<p>Nobody logged out here, so the work was ended. Say that it was so, or open the day and correct it.</p>`
  }
  ${facts.sessions.map((session) => sessionView(visit, facts, session))}
  ${facts.sessions.length === MOST && html`<p class="soft">These are the ${MOST} newest; there may be more.</p>`}
  <p><a href="/desk/team">The team’s week</a></p>
  <p class="soft">Times are those of ${facts.zone}.</p>`

function sessionView(
  visit: Visit,
  { zone, now }: Facts,
  { id, staffId, name, startedAt, endedAt, version }: Forgotten,
) {
  const day = dayIn(zone, startedAt)
  const span = { startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() }
  const words = `${name}, ${dayWords(day)}, ${timesWords(span, { zone, now, day })}`
  return html`
    <form method="post" action=${`${PATH}/${id}`} aria-label=${words} class="card">
      ${formToken(visit)}<input type="hidden" name="version" value=${String(version)} />
      <p>${words}</p>
      <p class="row"><button class="second">It was so</button><a class="button second" href=${`/desk/team/${staffId}?day=${day}`}>Correct it</a></p>
    </form>`
}
