import type { QuarantinedMail } from '../../../../shared/quarantine.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
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
import { fileByHand, rawOf } from './by-hand.ts'
import { heldIn, listHeld } from './listing.ts'
import { retryAll, retryOne } from './retrying.ts'

const PATH = '/settings/quarantine'
const ON_A_PAGE = 50

const listPage = page(
  PATH,
  LEADS,
  async (ctx, visit) => {
    const cursor = visit.query.get('after') ?? undefined
    const { mails, zone } = await inWorkspace(
      ctx,
      visit.actor.workspaceId,
      async (tx) => ({ mails: await listHeld(ctx, tx, { cursor, limit: ON_A_PAGE }), zone: await zoneOf(tx) }),
      { reads: true },
    )
    return { title: 'Quarantine', body: listView(visit, mails, zone) }
  },
  { word: 'Quarantine', group: 'Desk' },
)

const onePage = page(`${PATH}/:quarantinedId`, LEADS, (ctx, visit) => showOne(ctx, visit, null))

const retryAllForm = submission(PATH, LEADS, async (ctx, visit) => {
  const count = await retryAll(ctx, visit.actor)
  return { goTo: `${PATH}?retried=${count}` }
})

const idIn = ({ params }: Visit): string => params['quarantinedId'] ?? ''

const retryForm = submission(`${PATH}/:quarantinedId/retry`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      await retryOne(ctx, idIn(visit), visit.actor)
      return `${PATH}/${idIn(visit)}?retried=1`
    },
    (problem) => showOne(ctx, visit, problem),
  ),
)

const ticketForm = submission(`${PATH}/:quarantinedId/ticket`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => `/desk/tickets/${await fileByHand(ctx, idIn(visit), typedIn(visit), visit.actor)}`,
    (problem) => showOne(ctx, visit, problem),
  ),
)

/** The bytes of a stranger's mail are saved, never shown. */
const rawForm = submission(`${PATH}/:quarantinedId/raw`, LEADS, async (ctx, visit) => {
  const raw = await rawOf(ctx, idIn(visit), visit.actor)
  return { flow: { pieces: one(raw), contentType: 'application/octet-stream', name: `${idIn(visit)}.eml` } }
})

async function* one(raw: Buffer) {
  yield raw
}

export const quarantinePages = [listPage, retryAllForm, onePage, retryForm, ticketForm, rawForm]

const typedIn = ({ form }: Visit) => {
  const field = (name: string, most: number) => (form.get(name) ?? '').trim().slice(0, most)
  return { from: field('from', 600), subject: field('subject', 300), text: field('text', 20_000) }
}

const listView = (
  visit: Visit,
  { items, next }: { items: QuarantinedMail[]; next: string | null },
  zone: string,
): View => html`
  <h1>Quarantine</h1>
  ${visit.query.has('retried') && html`<p class="good" role="status">${retriedWords(Number(visit.query.get('retried')))}</p>`}
  <p>Mails that could not be filed. Their bytes are kept, a ticket says that they are here, and each new version of the desk tries them once more.</p>
  ${items.length === 0 && html`<p>Nothing is in quarantine.</p>`}
  ${
    items.some(({ state }) => state === 'held') &&
    html`<form method="post" action=${PATH}>${formToken(visit)}<button class="second">Try all again now</button>
      <small>For when what kept them out was mended. New mail goes first.</small></form>`
  }
  <ul>${items.map(
    ({ id, subject, sender, at, attempts, state, reason }) =>
      html`<li><a href=${`${PATH}/${id}`}>${subject || '(no subject)'}</a><br />
        ${sender || 'Unknown sender'} · ${timeIn(zone, new Date(at))}<br />
        ${REASONS[reason]}<br />
        <span class="soft">${triedWords(attempts)}${state === 'trying' ? ', being tried' : ''}</span></li>`,
  )}</ul>
  ${next && html`<p><a href=${`${PATH}?${new URLSearchParams({ after: next })}`}>Earlier ones</a></p>`}`

const retriedWords = (count: number): string =>
  count === 1
    ? 'One is tried again; that takes a moment.'
    : `${Number.isInteger(count) ? count : 0} are tried again; that takes a moment.`

const triedWords = (attempts: number): string => (attempts === 1 ? 'failed once' : `failed ${attempts} times`)

async function showOne(ctx: Ctx, visit: Visit, problem: string | null) {
  const { mail, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ mail: await heldIn(ctx, tx, idIn(visit)), zone: await zoneOf(tx) }),
    { reads: true },
  )
  if (!mail) throw new DeskError('not_found', 'This mail is not in quarantine.')
  return { title: 'A mail in quarantine', body: oneView(visit, mail, { problem, zone }) }
}

const REASONS: Record<QuarantinedMail['reason'], string> = {
  parser_killed: 'Reading it took more time or memory than a mail may take',
  parser_threw: 'It could not be read',
  preparing_failed: 'Its files could not be kept',
  filing_failed: 'It could be read and not be filed',
}

const STATES: Record<QuarantinedMail['state'], string> = {
  held: 'Waits for a new version of the desk, or for you',
  trying: 'Is being tried again',
  filed: 'Was filed after all',
  by_hand: 'A ticket was made of it by hand',
}

const oneView = (
  visit: Visit,
  mail: QuarantinedMail,
  { problem, zone }: { problem: string | null; zone: string },
): View => {
  const { id, subject, sender, mailbox, reason, state, error, attempts, at, triedAt, ticketId } = mail
  const typed = typedIn(visit)
  return html`
    <h1>${subject || '(no subject)'}</h1>
    ${visit.query.has('retried') && html`<p class="good" role="status">It is tried again; that takes a moment.</p>`}
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    <dl>
      <dt>From</dt><dd>${sender || 'Unknown sender'}</dd>
      <dt>To</dt><dd>${mailbox}</dd>
      <dt>State</dt><dd>${STATES[state]}</dd>
      <dt>Why</dt><dd>${REASONS[reason]}</dd>
      <dt>Error</dt><dd>${error}</dd>
      <dt>Tried</dt><dd>${triedWords(attempts)}, last ${timeIn(zone, new Date(triedAt))}</dd>
      <dt>Here since</dt><dd>${timeIn(zone, new Date(at))} · <a href=${`/desk/tickets/${ticketId}`}>Its ticket</a></dd>
    </dl>
    <form method="post" action=${`${PATH}/${id}/raw`}>${formToken(visit)}<button class="second">Save the raw mail</button>
      <small>It may be hostile: open it in a text editor. That you had it is written down.</small></form>
    ${
      (state === 'held' || state === 'trying') &&
      html`
        <form method="post" action=${`${PATH}/${id}/retry`}>${formToken(visit)}<button class="second">Try again now</button></form>
        <section aria-label="Make ticket by hand"><h2>Make ticket by hand</h2>
          <form method="post" action=${`${PATH}/${id}/ticket`}>
            ${formToken(visit)}
            <label>From<input name="from" required maxlength="600" value=${typed.from || sender} /></label>
            <label>Subject<input name="subject" maxlength="300" value=${typed.subject || subject} /></label>
            <label>Text<textarea name="text" rows="8" required maxlength="20000">${typed.text}</textarea></label>
            <button>Make ticket</button>
          </form></section>`
    }
    <p><a href=${PATH}>Quarantine</a></p>`
}
