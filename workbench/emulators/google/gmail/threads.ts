import { notFound } from '../error.ts'
import type { Mail } from '../store/mailbox.ts'
import { pageOfMails } from './listing.ts'
import { formatIn, knownLabels } from './messages.ts'
import { deleting, relabelling } from './posting.ts'
import { presentMail } from './present.ts'
import { type GmailCall, type GmailMethod, strings } from './route.ts'
import { MAY } from './scopes.ts'

export const threadMethods: GmailMethod[] = [
  { name: 'threads.list', verb: 'GET', path: 'threads', scopes: MAY.seeMetadata, run: list },
  { name: 'threads.get', verb: 'GET', path: 'threads/:id', scopes: MAY.seeMetadata, run: get },
  { name: 'threads.modify', verb: 'POST', path: 'threads/:id/modify', scopes: MAY.change, run: modify },
  {
    name: 'threads.trash',
    verb: 'POST',
    path: 'threads/:id/trash',
    scopes: MAY.change,
    run: (call) => relabel(call, ['TRASH'], ['INBOX']),
  },
  {
    name: 'threads.untrash',
    verb: 'POST',
    path: 'threads/:id/untrash',
    scopes: MAY.change,
    run: (call) => relabel(call, [], ['TRASH']),
  },
  { name: 'threads.delete', verb: 'DELETE', path: 'threads/:id', scopes: MAY.destroy, run: remove },
]

function list(call: GmailCall) {
  const { items, nextPageToken, estimate } = pageOfMails(call, (mail) => mail.threadId)
  const threads = items.map((mail) => ({
    id: mail.threadId,
    snippet: mail.head.snippet,
    historyId: newest(threadOf(call, mail.threadId)),
  }))
  return {
    ...(threads.length > 0 ? { threads } : {}),
    ...(nextPageToken ? { nextPageToken } : {}),
    resultSizeEstimate: estimate,
  }
}

function get(call: GmailCall) {
  const mails = threadOf(call, call.params.id)
  const format = formatIn(call)
  const wanted = call.query.getAll('metadataHeaders')
  const messages = mails.map((mail) => presentMail(call.ground.store, mail, format, wanted))
  return { id: call.params.id, historyId: newest(mails), messages }
}

function modify(call: GmailCall) {
  const json = call.json()
  return relabel(call, knownLabels(call, strings(json, 'addLabelIds')), strings(json, 'removeLabelIds'))
}

function relabel(call: GmailCall, add: string[], remove: string[]) {
  const { ground, user } = call
  const mails = threadOf(call, call.params.id)
  ground.store.commit(mails.flatMap((mail) => relabelling(ground.store, user.email, mail, add, remove)))
  return { id: call.params.id, messages: mails.map(({ id, threadId, labels }) => ({ id, threadId, labelIds: labels })) }
}

function remove(call: GmailCall) {
  const { ground, user } = call
  ground.store.commit(threadOf(call, call.params.id).map((mail) => deleting(ground.store, user.email, mail.id)))
  return undefined
}

function threadOf({ box }: GmailCall, id: string | undefined): Mail[] {
  const mails = box.threads.get(id ?? '')
  if (!mails) throw notFound()
  return [...mails].sort((one, other) => one.at - other.at)
}

const newest = (mails: Mail[]) => String(Math.max(...mails.map((mail) => mail.history)))
