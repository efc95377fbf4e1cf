import { notFound } from '../error.ts'
import { fieldsOf, headerValue, join, split, withField } from '../mime/headers.ts'
import type { Entry } from '../store/entries.ts'
import { newDraftId, newMessageId } from '../store/ids.ts'
import { mailDate } from '../workspace/received-headers.ts'
import { bytesOf, formatIn } from './messages.ts'
import { type Added, deleting, keep, posting } from './posting.ts'
import { presentMail, presentRef } from './present.ts'
import { type GmailCall, type GmailMethod, mailOf, pageSize } from './route.ts'
import { MAY } from './scopes.ts'
import { send } from './sending.ts'
import { fitsThread } from './threading.ts'
import type { Upload } from './upload.ts'

export const draftMethods: GmailMethod[] = [
  { name: 'drafts.list', verb: 'GET', path: 'drafts', scopes: MAY.readDraft, run: list },
  { name: 'drafts.create', verb: 'POST', path: 'drafts', scopes: MAY.draft, media: true, run: create },
  { name: 'drafts.send', verb: 'POST', path: 'drafts/send', scopes: MAY.draft, media: true, run: sendDraft },
  { name: 'drafts.get', verb: 'GET', path: 'drafts/:id', scopes: MAY.readDraft, run: get },
  { name: 'drafts.update', verb: 'PUT', path: 'drafts/:id', scopes: MAY.draft, media: true, run: update },
  { name: 'drafts.delete', verb: 'DELETE', path: 'drafts/:id', scopes: MAY.draft, run: remove },
]

function list({ box, query }: GmailCall) {
  const all = [...box.drafts].reverse()
  const from = Number(query.get('pageToken') ?? 0)
  const size = pageSize(query)
  const drafts = all
    .slice(from, from + size)
    .map(([id, messageId]) => ({ id, message: presentRef(mailOf(box, messageId)) }))
  const more = from + size < all.length ? { nextPageToken: String(from + size) } : {}
  return { ...(drafts.length > 0 ? { drafts } : {}), ...more, resultSizeEstimate: all.length }
}

function get(call: GmailCall) {
  const mail = mailOf(call.box, messageOf(call, call.params.id))
  return { id: call.params.id, message: presentMail(call.ground.store, mail, formatIn(call)) }
}

function create(call: GmailCall) {
  const draftId = newDraftId()
  const entry = draftMail(call, messageIn(call.upload()))
  call.ground.store.commit([entry, { t: 'draft', user: call.user.email, draftId, messageId: entry.id }])
  return { id: draftId, message: present(entry) }
}

/** An edit replaces the message: the draft keeps its id, the message gets a new one. */
function update(call: GmailCall) {
  const { ground, user, params } = call
  const draftId = params.id ?? ''
  const old = messageOf(call, draftId)
  const entry = draftMail(call, messageIn(call.upload()), old)
  ground.store.commit([
    deleting(ground.store, user.email, old),
    entry,
    { t: 'draft', user: user.email, draftId, messageId: entry.id },
  ])
  return { id: draftId, message: present(entry) }
}

function remove(call: GmailCall) {
  call.ground.store.commit(removal(call, call.params.id))
  return undefined
}

function sendDraft(call: GmailCall) {
  const { ground, user, box } = call
  const upload = call.upload()
  const draftId = typeof upload.json.id === 'string' ? upload.json.id : ''
  const also = draftId ? removal(call, draftId) : []
  const edited = upload.media || isObject(upload.json.message) ? messageIn(upload) : undefined
  const old = draftId ? mailOf(box, messageOf(call, draftId)) : undefined
  const bytes = edited && (edited.media || edited.json.raw) ? bytesOf(edited) : old && ground.store.rawOf(old.raw)
  if (!bytes) throw notFound()
  const threadId = old && (box.threads.get(old.threadId)?.length ?? 0) > 1 ? { threadId: old.threadId } : {}
  const sent = send(ground, user, { bytes, also, ...threadId })
  return present(sent)
}

function draftMail(call: GmailCall, upload: Upload, replaces?: string): Added {
  const { ground, user, box } = call
  const at = ground.clock.now()
  const kept = keep(ground.store, join(completed(bytesOf(upload), at)))
  const { threadId } = upload.json
  if (typeof threadId === 'string' && !box.threads.has(threadId)) throw notFound()
  const asked = typeof threadId === 'string' && fitsThread(box, kept.head, threadId) ? threadId : undefined
  const before = replaces ? mailOf(box, replaces) : undefined
  const same = before && before.head.subject === kept.head.subject ? before.threadId : undefined
  const thread = asked ?? same
  return posting(ground.store, {
    user: user.email,
    ...kept,
    labels: ['DRAFT'],
    at: at.getTime(),
    ...(thread ? { threadId: thread } : {}),
  })
}

function completed(bytes: Buffer, at: Date) {
  const parts = split(bytes)
  const fields = fieldsOf(parts.block)
  const dated = headerValue(fields, 'Date') ? parts : withField(parts, 'Date', mailDate(at))
  return headerValue(fields, 'Message-ID') ? dated : withField(dated, 'Message-ID', newMessageId())
}

function removal(call: GmailCall, draftId = ''): Entry[] {
  const user = call.user.email
  return [deleting(call.ground.store, user, messageOf(call, draftId)), { t: 'draftGone', user, draftId }]
}

function messageOf({ box }: GmailCall, draftId = ''): string {
  const id = box.drafts.get(draftId)
  if (!id) throw notFound()
  return id
}

/** The message inside a Draft resource, with media taking the place of `raw`. */
function messageIn({ json, media }: Upload): Upload {
  const message = isObject(json.message) ? json.message : {}
  return { json: message, ...(media ? { media } : {}) }
}

const present = ({ id, threadId, labels }: Added) => ({ id, threadId, labelIds: labels })

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
