import type { MailboxHistory } from '../../../../../shared/cut-over.ts'
import { ADMINS, LEADS } from '../../../../../shared/roles.ts'
import type { Ctx } from '../../../../context.ts'
import { html } from '../../../../platform/html.ts'
import { inWorkspace } from '../../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type View, type Visit, zoneOf } from '../../../settings/index.ts'
import { MOST_MONTHS, mailboxIn, type Steering, startBackfill, steerBackfill } from '../../backfill/steering.ts'
import { listUnansweredIn } from '../listing.ts'
import { historyOf, saveCutOver } from '../settings.ts'
import { progressView } from './progress-view.ts'
import { instantOf, wallTime } from './typed-instant.ts'

const PATH = '/settings/mailboxes/:mailboxId/history'
const pathOf = (mailboxId: string) => `/settings/mailboxes/${mailboxId}/history`
const idIn = ({ params }: Visit): string => params['mailboxId'] ?? ''

const historyPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null))

const backfillForm = submission(`${PATH}/backfill`, ADMINS, (ctx, visit) =>
  saved(ctx, visit, (mailboxId) =>
    startBackfill(ctx, visit.actor.workspaceId, { mailboxId, months: Number(visit.form.get('months')) }, visit.actor),
  ),
)

const STEERINGS: readonly Steering[] = ['pause', 'resume', 'stop']

const steeringForm = submission(`${PATH}/steering`, ADMINS, (ctx, visit) =>
  saved(ctx, visit, async (mailboxId) => {
    const act = STEERINGS.find((one) => one === visit.form.get('act'))
    if (act) await steerBackfill(ctx, visit.actor.workspaceId, { mailboxId, act }, visit.actor)
  }),
)

const cutOverForm = submission(PATH, ADMINS, (ctx, visit) =>
  saved(ctx, visit, async (mailboxId) => {
    const { actor, form } = visit
    const zone = await inWorkspace(ctx, actor.workspaceId, zoneOf, { reads: true })
    const wish = {
      liveFrom: instantOf(zone, form.get('liveFrom') ?? ''),
      counted: form.get('counted') === 'yes',
      unansweredDays: Number(form.get('unansweredDays')),
    }
    await saveCutOver(ctx, actor.workspaceId, mailboxId, wish, actor)
  }),
)

export const historyPages = [historyPage, backfillForm, steeringForm, cutOverForm]

const saved = (ctx: Ctx, visit: Visit, act: (mailboxId: string) => Promise<void>) =>
  orShowAgain(
    async () => {
      await act(idIn(visit))
      return `${pathOf(idIn(visit))}?saved=1`
    },
    (problem) => shown(ctx, visit, problem),
  )

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const mailboxId = idIn(visit)
  const about = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({
      address: (await mailboxIn(tx, mailboxId)).address,
      history: await historyOf(tx, mailboxId),
      zone: await zoneOf(tx),
      waiting: await listUnansweredIn(ctx, tx, mailboxId, { limit: MOST_COUNTED }),
    }),
    { reads: true },
  )
  return { title: `History of ${about.address}`, body: view(visit, { ...about, mailboxId, problem }) }
}

type About = {
  mailboxId: string
  address: string
  history: MailboxHistory
  zone: string
  waiting: Awaited<ReturnType<typeof listUnansweredIn>>
  problem: string | null
}

/** Beyond that nobody needs to know how many wait. */
const MOST_COUNTED = 100

const view = (visit: Visit, about: About): View => html`
  <h1>History of ${about.address}</h1>
  <p><a href="/settings/mailboxes">Mailboxes</a></p>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved.</p>`}
  ${about.problem && html`<p class="bad" role="alert">${about.problem}</p>`}
  ${about.history.shadow && html`<p class="bad">Shadow mode: everything is read, nothing is written outside. <a href="/settings/mailboxes/shadow">Shadow mode</a></p>`}
  ${goLive(visit, about)}
  ${earlier(visit, about)}
  <section aria-label="Unanswered">
    <h2>Unanswered at cut-over</h2>
    <p>Conversations of the last ${about.history.unansweredDays} days before the go-live whose last mail is the customer's.</p>
    ${unanswered(about)}
  </section>`

function unanswered({ mailboxId, waiting: { items, next } }: About): View {
  const list = `/settings/mailboxes/${mailboxId}/unanswered`
  if (items.length === 0)
    return html`<p>None is known; earlier mail that is read in may bring some to <a href=${list}>their list</a>.</p>`
  const words = next
    ? `Look through more than ${items.length}`
    : items.length === 1
      ? 'Look at the one'
      : `Look through ${items.length}`
  return html`<p><a class="button" href=${list}>${words}</a></p>`
}

const goLive = (visit: Visit, { mailboxId, history, zone }: About): View => html`
  <section aria-label="Go-live">
    <h2>Go-live</h2>
    <p>Mail that Google took before it is history: closed tickets without targets, rules, owners or notices. Mail after it is live.</p>
    <form method="post" action=${pathOf(mailboxId)}>
      ${formToken(visit)}
      <label>Go-live<small>${zone}; empty is when the mailbox was connected</small>
        <input type="datetime-local" name="liveFrom" value=${history.liveFrom === null ? '' : wallTime(zone, new Date(history.liveFrom))} /></label>
      <label>Days of unanswered conversations
        <input type="number" name="unansweredDays" min="1" max="90" value=${history.unansweredDays} required /></label>
      <label>History in figures
        <select name="counted">
          <option value="no" selected=${!history.counted}>leave it out</option>
          <option value="yes" selected=${history.counted}>count it</option>
        </select></label>
      <button>Save</button>
    </form>
  </section>`

const earlier = (visit: Visit, { mailboxId, history: { backfill }, zone }: About): View => html`
  <section aria-label="Earlier mail">
    <h2>Earlier mail</h2>
    ${backfill === null ? html`<p>No earlier mail was asked for.</p>` : progressView(backfill, zone)}
    ${backfill !== null && isOpen(backfill) ? steering(visit, mailboxId, backfill.state === 'paused') : start(visit, mailboxId)}
  </section>`

const isOpen = ({ state }: { state: string }) => state === 'running' || state === 'paused'

const steering = (visit: Visit, mailboxId: string, paused: boolean): View => html`
  <form method="post" action=${`${pathOf(mailboxId)}/steering`}>
    ${formToken(visit)}
    <button name="act" value=${paused ? 'resume' : 'pause'}>${paused ? 'Go on' : 'Pause'}</button>
    <button name="act" value="stop" class="second">Give up the rest</button>
  </form>`

const start = (visit: Visit, mailboxId: string): View => html`
  <form method="post" action=${`${pathOf(mailboxId)}/backfill`}>
    ${formToken(visit)}
    <label>Months of earlier mail<small>Nobody is written to, and nobody is told. What is here already is skipped.</small>
      <input type="number" name="months" min="0" max=${MOST_MONTHS} value="0" required /></label>
    <button>Read earlier mail</button>
  </form>`
