import { z } from 'zod'
import type { MailCertificate, MailDifference } from '../../../../shared/certificates.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { brokenAtSign, html } from '../../../platform/html.ts'
import { parse } from '../../../platform/http.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
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
import { certificateIn, listCertificates, listDifferences } from './certificates.ts'
import { countNow } from './certifying.ts'
import { MOST_LISTED } from './counting.ts'
import { certificateWords } from './last.ts'
import { takeIn } from './taking-in.ts'
import { sumOf, Tally } from './tally.ts'

const PATH = '/settings/counted-mail'
const ON_A_PAGE = 50

const countedPage = page(PATH, LEADS, (ctx, visit) => showAll(ctx, visit, null), {
  word: 'Counted mail',
  group: 'Desk',
})

const countForm = submission(PATH, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      await countNow(ctx, parse(z.uuid(), visit.form.get('mailbox'), 'mailbox'), visit.actor)
      return `${PATH}?started=1`
    },
    (problem) => showAll(ctx, visit, problem),
  ),
)

const onePage = page(`${PATH}/:certificateId`, LEADS, (ctx, visit) => showOne(ctx, visit, null))

const takeForm = submission(`${PATH}/:certificateId`, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const id = visit.params['certificateId'] ?? ''
      await takeIn(ctx, id, visit.form.get('mail') ?? '', visit.actor)
      return `${PATH}/${id}?taken=1`
    },
    (problem) => showOne(ctx, visit, problem),
  ),
)

export const certificatePages = [countedPage, countForm, onePage, takeForm]

type Going = {
  mailboxId: string
  address: string
  running: { listed: number; part: number } | null
  problem: string | null
}

async function showAll(ctx: Ctx, visit: Visit, problem: string | null) {
  const cursor = visit.query.get('after') ?? undefined
  const { workspaceId } = visit.actor
  const read = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({
      going: await goingIn(tx),
      certificates: await listCertificates(ctx, tx, { cursor, limit: ON_A_PAGE }),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  return { title: 'Counted mail', body: allView(visit, { ...read, problem }) }
}

/** Every shared mailbox, and how far its count is. */
async function goingIn(tx: Tx): Promise<Going[]> {
  const { workspaceId } = tx
  const where = { workspaceId, kind: 'archive' }
  const mailboxes = await tx.mailbox.findMany({ where, orderBy: { createdAt: 'asc' }, include: { counts: true } })
  return mailboxes.map(({ id, address, counts: [count] }) => ({
    mailboxId: id,
    address,
    running: count?.state === 'running' ? progressOf(count) : null,
    problem: count?.problem ?? null,
  }))
}

function progressOf(count: { fromAt: Date; toAt: Date; reachedAt: Date; counts: unknown; piece: unknown }) {
  const whole = count.toAt.getTime() - count.fromAt.getTime()
  const { listed } = sumOf(Tally.parse(count.counts), Tally.parse((count.piece as { tally: unknown }).tally))
  return { listed, part: whole === 0 ? 0 : (count.reachedAt.getTime() - count.fromAt.getTime()) / whole }
}

type All = {
  going: Going[]
  certificates: { items: MailCertificate[]; next: string | null }
  zone: string
  problem: string | null
}

const allView = (visit: Visit, { going, certificates: { items, next }, zone, problem }: All): View => html`
  <h1>Counted mail</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>Each night every mail that Gmail lists, spam and trash included, is matched with what became of it here. What is missing is brought in.
    A count that you ask for looks at everything since the mailbox was connected, at the earlier mail that was read in as well, and leaves to you
    what is brought in.</p>
  ${going.map((mailbox) => goingView(visit, mailbox))}
  <h2>Certificates</h2>
  ${items.length === 0 && html`<p>Nothing is counted yet.</p>`}
  <ul>${items.map(
    (one) =>
      html`<li><a href=${`${PATH}/${one.id}`}>${timeIn(zone, new Date(one.at))}</a><br />
        ${one.mailbox} · ${one.kind === 'asked' ? 'asked for' : 'nightly'}<br />
        <span class=${differs(one) ? 'bad' : 'good'}>${certificateWords(one)}</span></li>`,
  )}</ul>
  ${next && html`<p><a href=${`${PATH}?${new URLSearchParams({ after: next })}`}>Earlier ones</a></p>`}`

const goingView = (visit: Visit, { mailboxId, address, running, problem }: Going): View => html`
  <section aria-label=${address}>
    <h2>${address}</h2>
    ${problem && html`<p class="bad">The last count stopped: ${problem}</p>`}
    ${
      running
        ? html`<p role="status">Being counted: ${running.listed} mails so far, ${Math.floor(running.part * 100)} %. <a href=${PATH}>Look again</a></p>`
        : html`<form method="post" action=${PATH}>${formToken(visit)}<input type="hidden" name="mailbox" value=${mailboxId} /><button>Count now</button></form>`
    }
  </section>`

const differs = ({ late, missing, unended }: MailCertificate): boolean => late + missing + unended > 0

async function showOne(ctx: Ctx, visit: Visit, problem: string | null) {
  const id = visit.params['certificateId'] ?? ''
  const cursor = visit.query.get('after') ?? undefined
  const read = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({
      certificate: await certificateIn(tx, id),
      differences: await listDifferences(ctx, tx, id, { cursor, limit: ON_A_PAGE }),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  const { certificate } = read
  if (!certificate) throw new DeskError('not_found', 'There is no such certificate.')
  return { title: 'Certificate', body: oneView(visit, { ...read, certificate, problem }) }
}

type One = {
  certificate: MailCertificate
  differences: { items: MailDifference[]; next: string | null }
  zone: string
  problem: string | null
}

const oneView = (visit: Visit, { certificate, differences: { items, next }, zone, problem }: One): View => html`
  <h1>Certificate of ${timeIn(zone, new Date(certificate.at))}</h1>
  ${visit.query.has('taken') && html`<p class="good" role="status">It is taken in; that takes a moment.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p class=${differs(certificate) ? 'bad' : 'good'}>${certificateWords(certificate)}</p>
  <dl>
    <dt>Mailbox</dt><dd>${brokenAtSign(certificate.mailbox)}</dd>
    <dt>Mails of</dt><dd>${timeIn(zone, new Date(certificate.from))} to ${timeIn(zone, new Date(certificate.to))}</dd>
    ${Object.entries(certificate.outcomes).map(([outcome, count]) => html`<dt>${OUTCOMES[outcome] ?? outcome}</dt><dd>${count}</dd>`)}
  </dl>
  ${items.length > 0 && html`<h2>Differences</h2>`}
  ${items.length === 0 && differs(certificate) && !visit.query.has('after') && html`<p class="soft">Which mails these were is known for a year.</p>`}
  ${certificate.missing + certificate.unended + certificate.late > MOST_LISTED && html`<p>The first ${MOST_LISTED} are listed.</p>`}
  ${items.map((one) => differenceView(visit, certificate.id, one))}
  ${next && html`<p><a href=${`${PATH}/${certificate.id}?${new URLSearchParams({ after: next })}`}>More</a></p>`}
  <p><a href=${PATH}>All certificates</a></p>`

export const OUTCOMES: Record<string, string> = {
  ticket: 'Became a ticket',
  joined: 'Joined a ticket',
  duplicate: 'Here already',
  ignored: 'Ignored, with a reason',
  suspected_spam: 'Suspected spam',
  quarantined: 'Could not be read',
}

const differenceView = (
  visit: Visit,
  certificateId: string,
  { gmailId, kind, asked, from, subject, outcome, ticketId }: MailDifference,
): View => html`
  <section aria-label=${subject || gmailId}>
    <h3>${subject ?? 'A mail'}</h3>
    <p>${from ? `${from} · ` : ''}Gmail id ${gmailId}</p>
    <p class="soft">${kind === 'missing' ? 'Was not here' : 'Was here and waited to be filed'}${outcome ? `; since then: ${OUTCOMES[outcome] ?? outcome}` : asked ? '; asked for' : ''}
      ${ticketId && html` <a href=${`/desk/tickets/${ticketId}`}>Open the ticket</a>`}</p>
    ${
      outcome === null &&
      html`<form method="post" action=${`${PATH}/${certificateId}`}>${formToken(visit)}<input type="hidden" name="mail" value=${gmailId} />
        <button class="second">${asked ? 'Take it in again' : 'Take it in'}</button></form>`
    }
  </section>`
