import { randomInt } from 'node:crypto'
import { conflict, invalid, notFound } from '../error.ts'
import type { Entry, UserLabel } from '../store/entries.ts'
import type { Mailbox } from '../store/mailbox.ts'
import { relabelling } from './posting.ts'
import type { GmailCall, GmailMethod } from './route.ts'
import { MAY } from './scopes.ts'

const SYSTEM = [
  ...['CHAT', 'SENT', 'INBOX', 'IMPORTANT', 'TRASH', 'DRAFT', 'SPAM', 'STARRED', 'UNREAD'],
  ...['CATEGORY_FORUMS', 'CATEGORY_UPDATES', 'CATEGORY_PERSONAL', 'CATEGORY_PROMOTIONS', 'CATEGORY_SOCIAL'],
]

export const labelMethods: GmailMethod[] = [
  { name: 'labels.list', verb: 'GET', path: 'labels', scopes: MAY.seeLabels, run: list },
  { name: 'labels.get', verb: 'GET', path: 'labels/:id', scopes: MAY.seeLabels, run: get },
  { name: 'labels.create', verb: 'POST', path: 'labels', scopes: MAY.changeLabels, run: create },
  { name: 'labels.patch', verb: 'PATCH', path: 'labels/:id', scopes: MAY.changeLabels, run: change },
  { name: 'labels.update', verb: 'PUT', path: 'labels/:id', scopes: MAY.changeLabels, run: change },
  { name: 'labels.delete', verb: 'DELETE', path: 'labels/:id', scopes: MAY.changeLabels, run: remove },
]

const system = (id: string) => ({ id, name: id, type: 'system' })

const presentOwn = (label: UserLabel) => ({ ...label, type: 'user' })

function list({ box }: GmailCall) {
  return { labels: [...SYSTEM.map(system), ...[...box.labels.values()].map(presentOwn)] }
}

function get({ box, params }: GmailCall) {
  const id = params.id ?? ''
  const mails = box.ordered.filter((mail) => mail.labels.includes(id))
  const unread = mails.filter((mail) => mail.labels.includes('UNREAD'))
  const threads = (of: typeof mails) => new Set(of.map((mail) => mail.threadId)).size
  const counts = {
    messagesTotal: mails.length,
    messagesUnread: unread.length,
    threadsTotal: threads(mails),
    threadsUnread: threads(unread),
  }
  return { ...(SYSTEM.includes(id) ? system(id) : presentOwn(ownLabel(box, id))), ...counts }
}

/** A mailbox has room for so many of its own. */
const MOST_LABELS = 10_000
/** Characters of a whole name, with the names that it is nested in. */
const LONGEST_NAME = 225

function create(call: GmailCall) {
  if (call.box.labels.size >= MOST_LABELS) throw invalid('Label limit exceeded: too many labels')
  const label = labelIn(call, `Label_${randomInt(1_000_000_000_000)}`)
  call.ground.store.commit([{ t: 'label', user: call.user.email, label }])
  return presentOwn(label)
}

function change(call: GmailCall) {
  const before = ownLabel(call.box, call.params.id ?? '')
  const label = labelIn(call, before.id, before)
  call.ground.store.commit([{ t: 'label', user: call.user.email, label }])
  return presentOwn(label)
}

function remove({ ground, user, box, params }: GmailCall) {
  const { id } = ownLabel(box, params.id ?? '')
  const mails = box.ordered.filter((mail) => mail.labels.includes(id))
  const gone: Entry = { t: 'labelGone', user: user.email, id }
  ground.store.commit([...mails.flatMap((mail) => relabelling(ground.store, user.email, mail, [], [id])), gone])
  return undefined
}

/** Nested by slashes, with no empty part; the outer ones need not be there. */
const isLabelName = (name: string): boolean =>
  name.length <= LONGEST_NAME && name.split('/').every((part) => part.trim() !== '')

function ownLabel(box: Mailbox, id: string): UserLabel {
  if (SYSTEM.includes(id)) throw invalid('Invalid label: system labels cannot be changed')
  const label = box.labels.get(id)
  if (!label) throw notFound()
  return label
}

function labelIn({ box, json }: GmailCall, id: string, before?: UserLabel): UserLabel {
  const { name = before?.name, messageListVisibility, labelListVisibility } = json()
  if (typeof name !== 'string' || !isLabelName(name)) throw invalid('Invalid label name')
  const taken = [...box.labels.values()].some(
    (label) => label.id !== id && label.name.toLowerCase() === name.toLowerCase(),
  )
  if (taken || SYSTEM.includes(name.toUpperCase())) throw conflict('Label name exists or conflicts')
  return {
    id,
    name,
    messageListVisibility:
      typeof messageListVisibility === 'string' ? messageListVisibility : (before?.messageListVisibility ?? 'show'),
    labelListVisibility:
      typeof labelListVisibility === 'string' ? labelListVisibility : (before?.labelListVisibility ?? 'labelShow'),
  }
}
