import { invalid, notFound } from '../error.ts'
import type { Change, Mailbox } from '../store/mailbox.ts'
import { type GmailCall, type GmailMethod, pageSize } from './route.ts'
import { MAY } from './scopes.ts'

export const historyMethods: GmailMethod[] = [
  { name: 'history.list', verb: 'GET', path: 'history', scopes: MAY.seeMetadata, run: list },
]

const KINDS: Record<string, Change['kind']> = {
  messageAdded: 'messagesAdded',
  messageDeleted: 'messagesDeleted',
  labelAdded: 'labelsAdded',
  labelRemoved: 'labelsRemoved',
}

/** Changes after a point, oldest first; each history id is one record. */
function list({ box, query, stale }: GmailCall) {
  const start = startIn(box, query.get('startHistoryId'))
  if (stale) return { historyId: String(start) }
  const after = Math.max(start, Number(query.get('pageToken') ?? 0))
  if (!Number.isSafeInteger(after)) throw invalid('Invalid pageToken')
  const wanted = kindsIn(query)
  const label = query.get('labelId')
  const size = pageSize(query)
  const records: object[] = []
  let last = after
  for (const changes of recordsAfter(box, after)) {
    const shown = changes.filter((c) => wanted.has(c.kind) && (!label || c.labels.includes(label)))
    if (shown.length === 0) continue
    if (records.length === size)
      return { history: records, nextPageToken: String(last), historyId: String(box.history) }
    records.push(present(box, shown))
    last = shown[0]?.history ?? last
  }
  return { ...(records.length > 0 ? { history: records } : {}), historyId: String(box.history) }
}

function startIn(box: Mailbox, value: string | null): number {
  if (!value) throw invalid('Missing required parameter: start_history_id')
  if (!/^\d{1,20}$/.test(value)) throw invalid(`Invalid value at 'start_history_id': ${value}`)
  const start = Number(value)
  if (start < box.floor || start > box.history) throw notFound()
  return start
}

function kindsIn(query: URLSearchParams) {
  const asked = query.getAll('historyTypes')
  const unknown = asked.find((name) => !KINDS[name])
  if (unknown) throw invalid(`Invalid value at 'history_types': ${unknown}`)
  return new Set(asked.length > 0 ? asked.map((name) => KINDS[name]) : Object.values(KINDS))
}

function* recordsAfter(box: Mailbox, after: number): Generator<Change[]> {
  let low = 0
  let high = box.changes.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((box.changes[middle] as Change).history <= after) low = middle + 1
    else high = middle
  }
  for (let i = low; i < box.changes.length; ) {
    const history = (box.changes[i] as Change).history
    const record: Change[] = []
    for (; box.changes[i]?.history === history; i++) record.push(box.changes[i] as Change)
    yield record
  }
}

function present(box: Mailbox, changes: Change[]) {
  const record: Record<string, unknown[]> = {}
  for (const change of changes) {
    const { kind, id, threadId, labels } = change
    const message = { id, threadId, labelIds: box.mails.get(id)?.labels ?? labels }
    const named = kind.startsWith('labels') ? { message, labelIds: labels } : { message }
    record[kind] = [...(record[kind] ?? []), named]
  }
  const messages = [...new Map(changes.map(({ id, threadId }) => [id, { id, threadId }])).values()]
  return { id: String(changes[0]?.history), messages, ...record }
}
