import type { IgnoredMail, IgnoredSender } from '../../../../shared/ignored-senders.ts'
import { LEADS } from '../../../../shared/roles.ts'
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
import { IGNORED_PATH, RULES_PATH, SENDERS_PATH } from '../mail-rules/pages/paths.ts'
import { fileAfterAll } from './filing-after-all.ts'
import { KEPT_DAYS, listIgnored } from './remembering.ts'
import { addSender, listSenders, removeSender } from './senders.ts'

const PATH = SENDERS_PATH
const MAILS = IGNORED_PATH
const ON_A_PAGE = 50

type Told = { typed: string; problem: string | null }

const sendersPage = page(PATH, LEADS, (ctx, visit) => showSenders(ctx, visit, { typed: '', problem: null }))

const addForm = submission(PATH, LEADS, (ctx, visit) => {
  const typed = (visit.form.get('sender') ?? '').trim().slice(0, 320)
  return orShowAgain(
    async () => {
      await addSender(ctx, typed, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => showSenders(ctx, visit, { typed, problem }),
  )
})

const removeForm = submission(`${PATH}/removals`, LEADS, async (ctx, { actor, form }) => {
  await removeSender(ctx, form.get('sender') ?? '', actor)
  return { goTo: `${PATH}?removed=1` }
})

const mailsPage = page(MAILS, LEADS, (ctx, visit) => showMails(ctx, visit, null))

const fileForm = submission(`${MAILS}/:mailId`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      await fileAfterAll(ctx, visit.params['mailId'] ?? '', visit.actor)
      return `${MAILS}?filed=1`
    },
    (problem) => showMails(ctx, visit, problem),
  ),
)

export const ignoredPages = [sendersPage, addForm, removeForm, mailsPage, fileForm]

async function showSenders(ctx: Ctx, visit: Visit, told: Told) {
  const cursor = visit.query.get('after') ?? undefined
  const { senders, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ senders: await listSenders(ctx, tx, { cursor, limit: ON_A_PAGE }), zone: await zoneOf(tx) }),
    { reads: true },
  )
  return { title: 'Ignored senders', body: sendersView(visit, senders, { ...told, zone }) }
}

type Page<T> = { items: T[]; next: string | null }

const sendersView = (
  visit: Visit,
  { items, next }: Page<IgnoredSender>,
  { typed, problem, zone }: Told & { zone: string },
): View => html`
  <h1>Ignored senders</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. Mail from there makes no ticket any more.</p>`}
  ${visit.query.has('removed') && html`<p class="good" role="status">Removed. The next mail from there is a ticket again.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>Their mail makes no ticket. An answer to a ticket that is open or solved is still heard. <a href=${MAILS}>Mails of the last ${KEPT_DAYS} days</a> <a href=${RULES_PATH}>All that decides</a></p>
  <section aria-label="Add a sender"><form method="post" action=${PATH}>
    ${formToken(visit)}
    <label>Add a sender<small>An address, or a domain without @</small>
      <input name="sender" value=${typed} required maxlength="320" autocomplete="off" /></label>
    <button>Add</button>
  </form></section>
  ${items.length === 0 && html`<p>Nobody is ignored.</p>`}
  ${items.map((sender) => senderLine(visit, sender, zone))}
  ${next && html`<p><a href=${`${PATH}?${new URLSearchParams({ after: next })}`}>Earlier ones</a></p>`}`

const senderLine = (
  visit: Visit,
  { sender, proven, count, lastAt, by, since }: IgnoredSender,
  zone: string,
): View => html`
  <section aria-label=${sender}>
    <h2>${sender}</h2>
    <p>${count === 1 ? '1 mail' : `${count} mails`}${lastAt && `, the last ${timeIn(zone, new Date(lastAt))}`}${!proven && ' · only mails that are not proved to come from there'}</p>
    <p class="soft">Since ${timeIn(zone, new Date(since))}${by && ` by ${by}`}</p>
    <form method="post" action=${`${PATH}/removals`}>
      ${formToken(visit)}<input type="hidden" name="sender" value=${sender} />
      <button class="second">Remove</button>
    </form>
  </section>`

async function showMails(ctx: Ctx, visit: Visit, problem: string | null) {
  const cursor = visit.query.get('after') ?? undefined
  const { mails, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ mails: await listIgnored(ctx, tx, { cursor, limit: ON_A_PAGE }), zone: await zoneOf(tx) }),
    { reads: true },
  )
  return { title: 'Ignored mails', body: mailsView(visit, mails, { problem, zone }) }
}

const mailsView = (
  visit: Visit,
  { items, next }: Page<IgnoredMail>,
  { problem, zone }: { problem: string | null; zone: string },
): View => html`
  <h1>Ignored in the last ${KEPT_DAYS} days</h1>
  ${visit.query.has('filed') && html`<p class="good" role="status">It is made a ticket; that takes a moment.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p class="row"><a href=${RULES_PATH}>Which mail becomes a ticket</a> <a href=${PATH}>Ignored senders</a></p>
  ${items.length === 0 && html`<p>No mail was ignored.</p>`}
  ${items.map(
    ({ id, sender, subject, excerpt, rule, at }) => html`
      <section aria-label=${subject || 'No subject'}>
        <h2>${subject || '(no subject)'}</h2>
        <p>${sender} · ${timeIn(zone, new Date(at))} · ${rule === null ? 'ignored sender' : `by the rule «${rule}»`}</p>
        <p class="soft">${excerpt}</p>
        <form method="post" action=${`${MAILS}/${id}`}>${formToken(visit)}<button class="second">Make ticket</button></form>
      </section>`,
  )}
  ${next && html`<p><a href=${`${MAILS}?${new URLSearchParams({ after: next })}`}>Earlier ones</a></p>`}`
