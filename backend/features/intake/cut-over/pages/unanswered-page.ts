import type { UnansweredThread } from '../../../../../shared/cut-over.ts'
import { LEADS } from '../../../../../shared/roles.ts'
import type { Ctx } from '../../../../context.ts'
import { html } from '../../../../platform/html.ts'
import { inWorkspace } from '../../../../platform/tenancy.ts'
import {
  formToken,
  orShowAgain,
  page,
  submission,
  timeIn,
  type View,
  type Visit,
  zoneOf,
} from '../../../settings/index.ts'
import { mailboxIn } from '../../backfill/steering.ts'
import { beginUnanswered, ON_A_PAGE } from '../beginning.ts'
import { listUnansweredIn } from '../listing.ts'

const PATH = '/settings/mailboxes/:mailboxId/unanswered'
const pathOf = (mailboxId: string) => `/settings/mailboxes/${mailboxId}/unanswered`
const idIn = ({ params }: Visit): string => params['mailboxId'] ?? ''

const unansweredPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null))

const beginForm = submission(PATH, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const ids = visit.form.getAll('ticket').filter((id) => UUID.test(id))
      const begun = await beginUnanswered(ctx, ids, visit.actor)
      return `${pathOf(idIn(visit))}?begun=${begun}`
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const unansweredPages = [unansweredPage, beginForm]

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const mailboxId = idIn(visit)
  const wish = { cursor: visit.query.get('after') ?? undefined, limit: ON_A_PAGE }
  const about = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({
      mailbox: await mailboxIn(tx, mailboxId),
      threads: await listUnansweredIn(ctx, tx, mailboxId, wish),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  const title = `Unanswered in ${about.mailbox.address}`
  return { title, body: view(visit, title, { ...about, mailboxId, problem }) }
}

type About = {
  mailboxId: string
  mailbox: { unansweredDays: number }
  threads: { items: UnansweredThread[]; next: string | null }
  zone: string
  problem: string | null
}

const view = (visit: Visit, title: string, { mailboxId, mailbox, threads, zone, problem }: About): View => html`
  <h1>${title}</h1>
  <p><a href=${`/settings/mailboxes/${mailboxId}/history`}>History of this mailbox</a></p>
  ${visit.query.has('begun') && html`<p class="good" role="status">${begunWords(Number(visit.query.get('begun')))}</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>Conversations of the ${mailbox.unansweredDays} days before the go-live whose last mail is the customer's. Opened, they are new tickets: their targets count from now.</p>
  ${threads.items.length === 0 ? html`<p>Nothing waits.</p>` : list(visit, mailboxId, threads.items, zone)}
  ${threads.next && html`<p><a href=${`${pathOf(mailboxId)}?${new URLSearchParams({ after: threads.next })}`}>Earlier ones</a></p>`}`

const begunWords = (count: number) =>
  count === 1 ? 'One is a ticket now.' : `${Number.isInteger(count) ? count : 0} are tickets now.`

const list = (visit: Visit, mailboxId: string, threads: readonly UnansweredThread[], zone: string): View => html`
  <form method="post" action=${pathOf(mailboxId)}>
    ${formToken(visit)}
    ${threads.map((thread) => html`<input type="hidden" name="ticket" value=${thread.ticketId} />`)}
    <button>Open all ${threads.length} on this page</button>
  </form>
  ${threads.map(
    ({ ticketId, number, subject, customer, lastAt }) => html`
      <section aria-label=${subject || 'No subject'}>
        <h2><a href=${`/desk/tickets/${ticketId}`}>${number}</a> ${subject || '(no subject)'}</h2>
        <p>${customer} · ${timeIn(zone, new Date(lastAt))}</p>
        <form method="post" action=${pathOf(mailboxId)}>
          ${formToken(visit)}<input type="hidden" name="ticket" value=${ticketId} />
          <button class="second">Open as ticket</button>
        </form>
      </section>`,
  )}`
