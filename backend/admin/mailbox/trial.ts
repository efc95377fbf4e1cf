import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import type { GmailMailbox } from '../../clients/gmail/index.ts'
import { addressesIn, headersOf } from './headers.ts'

/** One way in: the shared address itself, or with a plus tag as our answers carry it. */
export type Path = { address: string; code: string; state: 'waiting' | 'arrived' | 'spam' | 'bounced' }

/** A test of the ways into the archive, read from its change feed as the real reading does. */
export type Trial = {
  support: string
  plain: Path
  plus: Path
  /** Whether Gmail kept the shared address as the sender; null until our own copy was seen. */
  aliasKept: boolean | null
  position: string
}

const LETTERS = 'bcdfghjkmnpqrstvwxz'

/** Takes the position in the feed first, so that nothing that follows is missed. */
export async function beginTrial(archive: GmailMailbox, support: string): Promise<Trial> {
  const { historyId } = await archive.profile()
  const code = Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const [local, domain] = support.split('@')
  return {
    support,
    plain: { address: support, code, state: 'waiting' },
    plus: { address: `${local}+${code}@${domain}`, code, state: 'waiting' },
    aliasKept: null,
    position: historyId,
  }
}

/** Sends one mail along each way. The header keeps machines from answering, and Sidedesk from making tickets of our own copies. */
export async function sendTrial(sender: GmailMailbox, from: string, { plain, plus }: Trial): Promise<void> {
  for (const { address, code } of [plain, plus]) {
    const raw = await new MailComposer({
      from,
      to: address,
      subject: `Sidedesk test ${code}`,
      text: 'Sidedesk tests how mail reaches the archive. Nothing has to be done.',
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
      .compile()
      .build()
    await sender.send({ raw })
  }
}

const LOOK_MS = 1_000

/** Follows the feed until both ways are decided, or until `deadline` (milliseconds since 1970); tells each news once. */
export async function watchTrial(
  archive: GmailMailbox,
  trial: Trial,
  deadline: number,
  tell: (path: Path) => void,
): Promise<void> {
  for (;;) {
    const before = [trial.plain.state, trial.plus.state]
    await readNews(archive, trial)
    for (const [index, path] of [trial.plain, trial.plus].entries()) if (path.state !== before[index]) tell(path)
    const decided = trial.plain.state !== 'waiting' && trial.plus.state !== 'waiting'
    if (decided || Date.now() + LOOK_MS > deadline) return
    await pause(LOOK_MS)
  }
}

async function readNews(archive: GmailMailbox, trial: Trial): Promise<void> {
  let pageToken: string | undefined
  do {
    const page = await archive.history({ startHistoryId: trial.position, pageToken })
    const ids = page.history.flatMap(({ messagesAdded }) => messagesAdded.map(({ message }) => message.id))
    for (const id of new Set(ids)) {
      const mail = await archive.raw(id)
      if (mail) judge(trial, mail.raw, mail.labelIds)
    }
    pageToken = page.nextPageToken
    if (pageToken === undefined) trial.position = page.historyId
  } while (pageToken !== undefined)
}

/** What one mail in the archive proves. A copy of our own sending proves nothing about the way in unless it is in the inbox. */
function judge(trial: Trial, raw: Buffer, labels: string[]): void {
  const headers = headersOf(raw)
  const failed = addressesIn(headers.get('x-failed-recipients'))
  const path = pathOf(trial, addressesIn(headers.get('to')), headers.get('subject') ?? '')
  for (const way of [trial.plain, trial.plus])
    if (way.state === 'waiting' && failed.includes(way.address)) way.state = 'bounced'
  if (!path) return
  if (labels.includes('SENT')) trial.aliasKept = addressesIn(headers.get('from')).includes(trial.support)
  if (labels.includes('SENT') && !labels.includes('INBOX')) return
  path.state = labels.includes('SPAM') ? 'spam' : 'arrived'
}

function pathOf({ plain, plus }: Trial, to: string[], subject: string): Path | null {
  if (to.includes(plus.address)) return plus
  return subject.toLowerCase().includes(plain.code) ? plain : null
}
