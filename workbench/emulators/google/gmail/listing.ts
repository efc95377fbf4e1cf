import { invalid } from '../error.ts'
import type { Mail } from '../store/mailbox.ts'
import { type GmailCall, pageSize } from './route.ts'
import { onlyMetadata } from './scopes.ts'
import { reachesHidden, searchOf } from './search.ts'

export interface Page<T> {
  items: T[]
  nextPageToken?: string
  estimate: number
}

/** How far a stale reader is behind. */
const BEHIND_MS = 15_000

/** Newest first, keyed by the last mail shown, so that mail arriving between two pages moves nothing. */
export function pageOfMails(call: GmailCall, keyOf: (mail: Mail) => string): Page<Mail> {
  const { box, query } = call
  const fits = filterOf(call)
  const size = pageSize(query)
  const after = positionIn(query.get('pageToken'))
  const seen = new Set<string>()
  const items: Mail[] = []
  const known = call.stale ? call.ground.clock.now().getTime() - BEHIND_MS : Number.POSITIVE_INFINITY
  for (let i = box.ordered.length - 1; i >= 0; i--) {
    const mail = box.ordered[i] as Mail
    if (mail.at > known || !fits(mail) || seen.has(keyOf(mail))) continue
    seen.add(keyOf(mail))
    if (after && !comesAfter(mail, after)) continue
    if (items.length === size)
      return { items, nextPageToken: tokenFor(items.at(-1) as Mail), estimate: seen.size + 100 }
    items.push(mail)
  }
  return { items, estimate: seen.size }
}

function filterOf({ ground, box, query, token }: GmailCall): (mail: Mail) => boolean {
  const q = query.get('q') ?? ''
  if (q && onlyMetadata(token.scopes)) throw invalid("Metadata scope does not support 'q' parameter", 'forbidden')
  const labels = query.getAll('labelIds')
  const asksHidden = labels.some((label) => HIDDEN.includes(label)) || reachesHidden(q)
  const showHidden = query.get('includeSpamTrash') === 'true' || asksHidden
  const matches = searchOf(q, { store: ground.store, box, now: ground.clock.now().getTime() })
  return (mail) =>
    labels.every((label) => mail.labels.includes(label)) &&
    (showHidden || !mail.labels.some((label) => HIDDEN.includes(label))) &&
    matches(mail)
}

const HIDDEN = ['SPAM', 'TRASH']

interface Position {
  at: number
  id: string
}

const comesAfter = (mail: Mail, { at, id }: Position) => mail.at < at || (mail.at === at && mail.id < id)

const tokenFor = ({ at, id }: Mail) => Buffer.from(`${at}/${id}`).toString('base64url')

function positionIn(token: string | null): Position | undefined {
  if (!token) return undefined
  const [, at, id] = /^(\d+)\/([0-9a-f]+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  if (!at || !id) throw invalid('Invalid pageToken')
  return { at: Number(at), id }
}
