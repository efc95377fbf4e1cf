import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { rawMail } from '../../support/raw-mail.ts'
import { until } from '../../support/until.ts'
import type { Shop } from './open-shop.ts'

const STRANGER = 'offers@prizes.example'

/** A mail that no parser reads, one that Gmail takes for spam, and a count of the mailbox that an admin asked for. */
export async function receiveDoubtful(shop: Shop): Promise<void> {
  const { google } = shop.workbench
  const part = '--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'
  const bomb = { ...headed('Ten thousand parts'), 'Content-Type': 'multipart/mixed; boundary=b' }
  const envelope = { from: STRANGER, to: [SHOP.support] }
  google.deliver(rawMail(bomb, `${part.repeat(12_000)}--b--`), envelope)
  google.deliver(rawMail(headed('You have won'), 'Press here.'), envelope, { spam: true })
  const some = async (path: string) => ((await shop.read(path)) as { items: unknown[] }).items.length > 0
  await until('the mail that no parser reads', () => some('quarantined-mails'))
  await until('the suspected spam', () => some('suspected-spam'))
  await shop.write('mail-certificates', 'POST', { mailboxId: await mailboxOf(shop) })
  await until('the count of the mailbox', () => some('mail-certificates'))
}

async function mailboxOf({ workbench: { backend, workspaceId } }: Shop): Promise<string> {
  const first = await inWorkspace(backend.ctx, workspaceId, (tx) => tx.mailbox.findFirstOrThrow(), { reads: true })
  return first.id
}

const headed = (subject: string) => ({
  From: STRANGER,
  To: SHOP.support,
  Subject: subject,
  'Message-ID': `<${subject.replaceAll(' ', '-')}@prizes.example>`,
})
