import { PEOPLE_AT_WORK, STAFF_ROLES } from '../../../../shared/roles.ts'
import type { SuspectedMail } from '../../../../shared/spam.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import {
  formToken,
  orShowAgain,
  page,
  submission,
  timeIn,
  type View,
  type Visit,
  zoneOf,
} from '../../settings/index.ts'
import { confirmSpam, releaseSpam } from './deciding-spam.ts'
import { listSuspects, SPAM_DAYS } from './listing.ts'

export const SPAM_PATH = '/desk/suspected-spam'
const ON_A_PAGE = 50

const listPage = page(SPAM_PATH, STAFF_ROLES, (ctx, visit) => show(ctx, visit, null))

const releaseForm = submission(`${SPAM_PATH}/:suspectedId/release`, PEOPLE_AT_WORK, (ctx, visit) =>
  orShowAgain(
    async () => {
      await releaseSpam(ctx, visit.params['suspectedId'] ?? '', visit.actor)
      return `${SPAM_PATH}?released=1`
    },
    (problem) => show(ctx, visit, problem),
  ),
)

const confirmForm = submission(`${SPAM_PATH}/:suspectedId/confirmation`, PEOPLE_AT_WORK, (ctx, visit) =>
  orShowAgain(
    async () => {
      await confirmSpam(ctx, visit.params['suspectedId'] ?? '', visit.actor)
      return `${SPAM_PATH}?confirmed=1`
    },
    (problem) => show(ctx, visit, problem),
  ),
)

export const spamPages = [listPage, releaseForm, confirmForm]

async function show(ctx: Ctx, visit: Visit, problem: string | null) {
  const cursor = visit.query.get('after') ?? undefined
  const { mails, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ mails: await listSuspects(ctx, tx, { cursor, limit: ON_A_PAGE }), zone: await zoneOf(tx) }),
    { reads: true },
  )
  return { title: 'Suspected spam', body: view(visit, mails, { problem, zone }) }
}

type Page = { items: SuspectedMail[]; next: string | null }

const view = (
  visit: Visit,
  { items, next }: Page,
  { problem, zone }: { problem: string | null; zone: string },
): View => html`
  <h1>Suspected spam</h1>
  ${visit.query.has('released') && html`<p class="good" role="status">It is made a ticket and taken out of spam in Gmail; that takes a moment.</p>`}
  ${visit.query.has('confirmed') && html`<p class="good" role="status">Off the list. Gmail deletes it in time.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>Gmail holds these mails for spam. They are no tickets: nothing counts them and nobody has been told. Gmail deletes them after ${SPAM_DAYS} days.</p>
  ${items.length === 0 && html`<p>Nothing is suspected.</p>`}
  ${items.map((mail) => line(visit, mail, zone))}
  ${next && html`<p><a href=${`${SPAM_PATH}?${new URLSearchParams({ after: next })}`}>Earlier ones</a></p>`}`

const line = (
  visit: Visit,
  { id, sender, name, subject, excerpt, mailbox, at }: SuspectedMail,
  zone: string,
): View => html`
  <section aria-label=${subject || 'No subject'}>
    <h2>${subject || '(no subject)'}</h2>
    <p>${name && name !== sender ? `${name}, ${sender}` : sender} · to ${mailbox} · ${timeIn(zone, new Date(at))}</p>
    <p class="soft">${excerpt}</p>
    ${
      (PEOPLE_AT_WORK as readonly string[]).includes(visit.actor.role) &&
      html`<div class="row">
        <form method="post" action=${`${SPAM_PATH}/${id}/release`}>${formToken(visit)}<button>No spam: make ticket</button></form>
        <form method="post" action=${`${SPAM_PATH}/${id}/confirmation`}>${formToken(visit)}<button class="second">Yes, spam</button></form>
      </div>`
    }
  </section>`
