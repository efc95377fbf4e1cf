import { LEADS } from '../../../../shared/roles.ts'
import { brokenAtSign, html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { page, timeIn, zoneOf } from '../../settings/index.ts'
import { certificateWords, type LastCertificate, lastCertificatesSql } from '../certifying/last.ts'
import { checkMailboxes, type MailboxCheck } from '../checking.ts'

/** Shown, not changed: a mailbox is connected by whoever holds its account, on the command line. */
export const mailboxesPage = page(
  '/settings/mailboxes',
  LEADS,
  async (ctx, { actor }) => {
    const { mailboxes, certificates, zone } = await inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => ({
        mailboxes: await checkMailboxes(tx),
        certificates: await tx.$queryRaw<LastCertificate[]>(lastCertificatesSql(tx.workspaceId)),
        zone: await zoneOf(tx),
      }),
      { reads: true },
    )
    return { title: 'Mailboxes', body: view(mailboxes, certificates, { zone, isAdmin: actor.role === 'admin' }) }
  },
  { word: 'Mailboxes', group: 'Desk' },
)

type Reader = { zone: string; isAdmin: boolean }

const view = (mailboxes: readonly MailboxCheck[], certificates: readonly LastCertificate[], reader: Reader) => html`
  <h1>Mailboxes</h1>
  ${mailboxes.length === 0 && html`<p>No mailbox is connected yet.</p>`}
  ${mailboxes.map((mailbox) =>
    section(
      mailbox,
      certificates.find(({ mailboxId }) => mailboxId === mailbox.id),
      reader,
    ),
  )}
  ${reader.isAdmin && html`<p><a href="/settings/mailboxes/inboxes">Inboxes of people</a></p>`}
  ${setUps}
  <p class="soft">A mailbox is connected, paused and tested by whoever runs this desk, with <code>npm run admin -- mailbox</code>.</p>`

const STATE_WORDS = {
  connected: 'is read',
  needs_access: 'cannot be read: it has to be connected again',
  paused: 'is paused: its mail waits in Gmail',
} as const

const section = (
  { id, address, archiveAddress, state, problem, syncedAt, waiting, endings }: MailboxCheck,
  certificate: LastCertificate | undefined,
  { zone, isAdmin }: Reader,
) => html`
  <section aria-label=${address}>
    <h2>${address}</h2>
    <p class=${state === 'connected' ? 'good' : 'bad'}>${STATE_WORDS[state]}</p>
    ${problem && html`<p>${problem} Nothing is lost: its mail waits in Gmail.</p>`}
    <dl>
      <dt>Read in</dt><dd>${brokenAtSign(archiveAddress)}</dd>
      <dt>Last read</dt><dd>${syncedAt ? timeIn(zone, syncedAt) : 'never'}</dd>
      <dt>Waiting</dt><dd>${waiting}</dd>
      <dt>Counted</dt><dd>${countedWords(certificate, zone)}</dd>
      <dt>In 24 hours</dt><dd>${mailsIn(endings)}</dd>
    </dl>
    <p><a href=${`/settings/mailboxes/${id}/history`}>History and go-live</a></p>
    ${isAdmin && html`<p><a href=${`/settings/mailboxes/${id}/reading`}>How it is read</a></p>`}
  </section>`

/** What works, what does not, and what to do instead: decision 006. */
const setUps = html`
  <section aria-label="Set-ups">
    <h2>Set-ups</h2>
    <ul>
      <li><strong>An archive account</strong> that gets a copy of all mail of the shared address: what Sidedesk is made for.</li>
      <li><strong>The inboxes of the people who answer</strong>, read by delegation for the whole domain: works; only mail of the desk is kept.</li>
      <li><strong>One login that several people share</strong>: not supported. Everybody is the same Google account, so nobody can be told apart. Give
        everybody an account of their own and make the shared address a Google Group.</li>
      <li><strong>A mailbox that Gmail delegates to people</strong>: not supported. The panel works for the owner's mail only, and phones do not show
        such mailboxes. Make the shared address a Google Group that delivers to everybody's own inbox.</li>
      <li><strong>The collaborative inbox of Google Groups</strong>: not supported, add-ons do not run there. Turn delivery by mail on for its members.</li>
    </ul>
  </section>`

function countedWords(certificate: LastCertificate | undefined, zone: string): string {
  if (!certificate?.at) return 'not yet; each night'
  return `${timeIn(zone, certificate.at)}: ${certificateWords(certificate)}`
}

function mailsIn(endings: MailboxCheck['endings']): string {
  const count = endings.reduce((sum, { count: of }) => sum + of, 0)
  return count === 1 ? '1 mail' : `${count} mails`
}
