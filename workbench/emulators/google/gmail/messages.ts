import { invalid, notFound, tooLarge } from '../error.ts'
import { attachmentId, leavesOf, partOf } from '../mime/tree.ts'
import type { Entry } from '../store/entries.ts'
import type { Mail } from '../store/mailbox.ts'
import { pageOfMails } from './listing.ts'
import { deleting, keep, posting, relabelling } from './posting.ts'
import { type Format, presentMail, presentRef } from './present.ts'
import { type GmailCall, type GmailMethod, mailOf, strings } from './route.ts'
import { MAY, onlyMetadata } from './scopes.ts'
import { send } from './sending.ts'
import type { Upload } from './upload.ts'

/** 35 MiB for sending and drafts, 150 MB for insert and import: Gmail's own limits. */
const LARGEST_SENT = 36_700_160
const LARGEST_IMPORT = 150 * 1024 * 1024

export const messageMethods: GmailMethod[] = [
  { name: 'messages.list', verb: 'GET', path: 'messages', scopes: MAY.seeMetadata, run: list },
  { name: 'messages.get', verb: 'GET', path: 'messages/:id', scopes: MAY.seeMetadata, run: get },
  {
    name: 'messages.attachments.get',
    verb: 'GET',
    path: 'messages/:id/attachments/:attachment',
    scopes: MAY.read,
    run: attachment,
  },
  { name: 'messages.send', verb: 'POST', path: 'messages/send', scopes: MAY.send, media: true, run: sendNew },
  {
    name: 'messages.import',
    verb: 'POST',
    path: 'messages/import',
    scopes: MAY.insert,
    media: true,
    run: (call) => insert(call, 'dateHeader'),
  },
  {
    name: 'messages.insert',
    verb: 'POST',
    path: 'messages',
    scopes: MAY.insert,
    media: true,
    run: (call) => insert(call, 'receivedTime'),
  },
  { name: 'messages.batchModify', verb: 'POST', path: 'messages/batchModify', scopes: MAY.change, run: batchModify },
  { name: 'messages.batchDelete', verb: 'POST', path: 'messages/batchDelete', scopes: MAY.destroy, run: batchDelete },
  { name: 'messages.modify', verb: 'POST', path: 'messages/:id/modify', scopes: MAY.change, run: modify },
  {
    name: 'messages.trash',
    verb: 'POST',
    path: 'messages/:id/trash',
    scopes: MAY.change,
    run: (call) => relabel(call, ['TRASH'], ['INBOX']),
  },
  {
    name: 'messages.untrash',
    verb: 'POST',
    path: 'messages/:id/untrash',
    scopes: MAY.change,
    run: (call) => relabel(call, [], ['TRASH']),
  },
  { name: 'messages.delete', verb: 'DELETE', path: 'messages/:id', scopes: MAY.destroy, run: remove },
]

/** The bytes of a mail handed in, from media or from `raw`. */
export function bytesOf({ json, media }: Upload, most = LARGEST_SENT): Buffer {
  const bytes = media ?? (typeof json.raw === 'string' ? Buffer.from(json.raw, 'base64url') : undefined)
  if (!bytes || bytes.length === 0)
    throw invalid("'raw' RFC822 payload message string or uploading message via /upload/* URL required")
  if (bytes.length > most) throw tooLarge()
  return bytes
}

export function formatIn({ query, token }: GmailCall): Format {
  const format = query.get('format') ?? 'full'
  if (!['full', 'metadata', 'minimal', 'raw'].includes(format.toLowerCase()))
    throw invalid(`Invalid value at 'format': ${format}`)
  if (onlyMetadata(token.scopes) && ['full', 'raw'].includes(format))
    throw invalid("Metadata scope doesn't allow format FULL or RAW", 'forbidden')
  return format.toLowerCase() as Format
}

/** Refuses labels nobody made, as Gmail does. */
export function knownLabels({ box }: GmailCall, labels: string[]): string[] {
  const unknown = labels.find((label) => !/^[A-Z_]+$/.test(label) && !box.labels.has(label))
  if (unknown) throw invalid(`labelId not found: ${unknown}`)
  return labels
}

function list(call: GmailCall) {
  const { items, nextPageToken, estimate } = pageOfMails(call, (mail) => mail.id)
  const shown = call.disordered ? [...items].reverse() : items
  const found = shown.length > 0 ? { messages: shown.map(presentRef) } : {}
  return { ...found, ...(nextPageToken ? { nextPageToken } : {}), resultSizeEstimate: estimate }
}

function get(call: GmailCall) {
  const { ground, box, params, query } = call
  return presentMail(ground.store, mailOf(box, params.id), formatIn(call), query.getAll('metadataHeaders'))
}

function attachment({ ground, box, params }: GmailCall) {
  const mail = mailOf(box, params.id)
  const leaf = leavesOf(partOf(ground.store.rawOf(mail.raw))).find(
    (part) => attachmentId(mail.id, part) === params.attachment,
  )
  if (!leaf) throw notFound()
  return { size: leaf.content.length, data: leaf.content.toString('base64url'), attachmentId: params.attachment }
}

function sendNew(call: GmailCall) {
  const upload = call.upload()
  const { threadId } = upload.json
  const sent = send(call.ground, call.user, {
    bytes: bytesOf(upload),
    ...(typeof threadId === 'string' ? { threadId } : {}),
  })
  return { id: sent.id, threadId: sent.threadId, labelIds: sent.labels }
}

/** Puts a mail in place without sending it; the bytes stay as they are. */
function insert(call: GmailCall, usualDate: 'dateHeader' | 'receivedTime') {
  const { ground, user, box, query } = call
  const upload = call.upload()
  const { threadId } = upload.json
  if (typeof threadId === 'string' && !box.threads.has(threadId)) throw notFound()
  const kept = keep(ground.store, bytesOf(upload, LARGEST_IMPORT))
  const byHeader = (query.get('internalDateSource') ?? usualDate) === 'dateHeader'
  const at = (byHeader ? kept.head.date : undefined) ?? ground.clock.now().getTime()
  const labels = knownLabels(call, strings(upload.json, 'labelIds'))
  const entry = posting(ground.store, {
    user: user.email,
    ...kept,
    labels,
    at,
    ...(typeof threadId === 'string' ? { threadId } : {}),
  })
  ground.store.commit([entry])
  return { id: entry.id, threadId: entry.threadId, labelIds: entry.labels }
}

function modify(call: GmailCall) {
  const json = call.json()
  return relabel(call, knownLabels(call, strings(json, 'addLabelIds')), strings(json, 'removeLabelIds'))
}

function relabel({ ground, user, box, params }: GmailCall, add: string[], remove: string[]) {
  const mail = mailOf(box, params.id)
  ground.store.commit(relabelling(ground.store, user.email, mail, add, remove))
  return { ...presentRef(mail), labelIds: mail.labels }
}

function batchModify(call: GmailCall) {
  const { ground, user, box } = call
  const json = call.json()
  const add = knownLabels(call, strings(json, 'addLabelIds'))
  const remove = strings(json, 'removeLabelIds')
  const mails = batchOf(json).flatMap((id) => box.mails.get(id) ?? [])
  ground.store.commit(mails.flatMap((mail) => relabelling(ground.store, user.email, mail, add, remove)))
  return undefined
}

function batchDelete(call: GmailCall) {
  const { ground, user, box } = call
  const mails = batchOf(call.json()).flatMap((id) => box.mails.get(id) ?? [])
  ground.store.commit(mails.flatMap((mail) => gone(call, user.email, mail)))
  return undefined
}

function remove(call: GmailCall) {
  call.ground.store.commit(gone(call, call.user.email, mailOf(call.box, call.params.id)))
  return undefined
}

/** A draft whose message is deleted is gone as well. */
function gone({ ground, box }: GmailCall, user: string, mail: Mail): Entry[] {
  const drafts = [...box.drafts].filter(([, messageId]) => messageId === mail.id)
  return [
    deleting(ground.store, user, mail.id),
    ...drafts.map(([draftId]): Entry => ({ t: 'draftGone', user, draftId })),
  ]
}

function batchOf(json: Record<string, unknown>) {
  const ids = strings(json, 'ids')
  if (ids.length === 0 || ids.length > 1000) throw invalid('ids must hold 1 to 1000 entries')
  return ids
}
