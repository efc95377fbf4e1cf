import type { Directory, User } from '../directory.ts'
import { invalid, notFound } from '../error.ts'
import type { Ground } from '../ground.ts'
import { addressesIn, emailsIn } from '../mime/addresses.ts'
import { fieldsOf, headerValue, join, replaceField, type Split, split, withField, without } from '../mime/headers.ts'
import { encodeWord } from '../mime/words.ts'
import type { Entry } from '../store/entries.ts'
import { newMessageId } from '../store/ids.ts'
import { dispatch } from '../workspace/post-office.ts'
import { mailDate } from '../workspace/received-headers.ts'
import { type Added, keep, posting } from './posting.ts'
import { fitsThread } from './threading.ts'

export interface Submission {
  bytes: Buffer
  threadId?: string
  /** What else happens in the same moment, e.g. the end of the draft this was. */
  also?: Entry[]
  /** When it was sent; now when left out. For scenarios that tell of last week. */
  at?: Date
}

/** What Gmail does with a mail a user sends through the API, and then its way to everybody. */
export function send(
  ground: Ground,
  user: User,
  { bytes, threadId, also = [], at = ground.clock.now() }: Submission,
): Added {
  const { store } = ground
  const box = store.box(user.email)
  if (threadId && !box.threads.has(threadId)) throw notFound()
  const finished = finish(ground, user, split(bytes), at)
  const recipients = ['To', 'Cc', 'Bcc'].flatMap((name) => emailsIn(headerValue(fieldsOf(finished.block), name)))
  if (recipients.length === 0) throw invalid('Recipient address required')
  const own = keep(store, join(finished))
  const self = recipients.some((to) => ground.directory.user(to)?.email === user.email)
  const labels = self ? ['SENT', 'INBOX', 'UNREAD'] : ['SENT']
  const wanted = threadId && fitsThread(box, own.head, threadId) ? { threadId } : {}
  const sent = posting(store, { user: user.email, ...own, labels, at: at.getTime(), ...wanted })
  const travelling = join({ ...finished, block: without(finished.block, 'Bcc') })
  const kept = travelling.equals(store.rawOf(own.raw)) ? own : keep(store, travelling)
  const envelope = { from: user.email, to: [...new Set(recipients)] }
  dispatch(ground, { bytes: travelling, kept, envelope, options: { at }, sender: user.email }, [sent, ...also])
  return sent
}

function finish(ground: Ground, user: User, parts: Split, at: Date): Split {
  const named = withField(correctFrom(ground.directory, user, parts), 'Message-ID', newMessageId())
  const dated = headerValue(fieldsOf(named.block), 'Date') ? named : withField(named, 'Date', mailDate(at))
  const from = emailsIn(headerValue(fieldsOf(dated.block), 'From'))[0]
  const sender =
    ground.settings.senderHeader && from !== user.email
      ? withField(dated, 'Sender', user.email)
      : withoutField(dated, 'Sender')
  return {
    ...sender,
    block: `Received: from 1089123456789 named unknown by gmailapi.google.com with HTTPREST; ${mailDate(at)}${parts.eol}${sender.block}`,
  }
}

/** An address the user may not send as is replaced by the default one, without a word. */
function correctFrom(directory: Directory, user: User, parts: Split): Split {
  const given = headerValue(fieldsOf(parts.block), 'From')
  const asked = addressesIn(given)[0]?.email
  const allowed = directory.sendAsOf(user).filter((alias) => alias.verified)
  if (asked && allowed.some((alias) => alias.email.toLowerCase() === asked)) return parts
  const name = encodeWord(user.name)
  const from = `${name} <${user.email}>`
  return given === undefined ? withField(parts, 'From', from) : replaceField(parts, 'From', from)
}

const withoutField = (parts: Split, name: string): Split => ({ ...parts, block: without(parts.block, name) })
