import { LEADS } from '../../../../shared/roles.ts'
import { html } from '../../../platform/html.ts'
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
    return { title: 'Mailboxes', body: view(mailboxes, certificates, zone) }
  },
  { word: 'Mailboxes', group: 'Desk' },
)

const view = (mailboxes: readonly MailboxCheck[], certificates: readonly LastCertificate[], zone: string) => html`
  <h1>Mailboxes</h1>
  ${mailboxes.length === 0 && html`<p>No mailbox is connected yet.</p>`}
  ${mailboxes.map((mailbox) =>
    section(
      mailbox,
      certificates.find(({ mailboxId }) => mailboxId === mailbox.id),
      zone,
    ),
  )}
  <p class="soft">A mailbox is connected, paused and tested by whoever runs this desk, with <code>npm run admin -- mailbox</code>.</p>`

const STATE_WORDS = {
  connected: 'is read',
  needs_access: 'cannot be read: it has to be connected again',
  paused: 'is paused: its mail waits in Gmail',
} as const

const section = (
  { id, address, archiveAddress, state, syncedAt, waiting, endings }: MailboxCheck,
  certificate: LastCertificate | undefined,
  zone: string,
) => html`
  <section aria-label=${address}>
    <h2>${address}</h2>
    <p class=${state === 'connected' ? 'good' : 'bad'}>${STATE_WORDS[state]}</p>
    <dl>
      <dt>Read in</dt><dd>${archiveAddress}</dd>
      <dt>Last read</dt><dd>${syncedAt ? timeIn(zone, syncedAt) : 'never'}</dd>
      <dt>Waiting</dt><dd>${waiting}</dd>
      <dt>Counted</dt><dd>${countedWords(certificate, zone)}</dd>
      <dt>In 24 hours</dt><dd>${mailsIn(endings)}</dd>
    </dl>
    <p><a href=${`/settings/mailboxes/${id}/history`}>History and go-live</a></p>
  </section>`

function countedWords(certificate: LastCertificate | undefined, zone: string): string {
  if (!certificate?.at) return 'not yet; each night'
  return `${timeIn(zone, certificate.at)}: ${certificateWords(certificate)}`
}

function mailsIn(endings: MailboxCheck['endings']): string {
  const count = endings.reduce((sum, { count: of }) => sum + of, 0)
  return count === 1 ? '1 mail' : `${count} mails`
}
