import type { Head } from '../mime/head.ts'
import { baseSubject } from '../mime/subject.ts'
import type { RawRef, UserLabel, Watch } from './entries.ts'

export interface Mail {
  id: string
  threadId: string
  history: number
  labels: string[]
  at: number
  raw: RawRef
  head: Head
}

export interface Change {
  kind: 'messagesAdded' | 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved'
  history: number
  id: string
  threadId: string
  labels: string[]
}

export interface Mailbox {
  email: string
  mails: Map<string, Mail>
  /** Oldest first, by time and id. */
  ordered: Mail[]
  byMessageId: Map<string, Mail[]>
  threads: Map<string, Mail[]>
  /** By subject without Re: and the like. */
  bySubject: Map<string, Mail[]>
  changes: Change[]
  history: number
  /** The oldest start that history.list still accepts. */
  floor: number
  /** How many of the next mails the history will leave out. */
  untold: number
  labels: Map<string, UserLabel>
  drafts: Map<string, string>
  watch: Watch | undefined
  pushed: number
}

/** An empty mailbox has a history id too. */
const FIRST_HISTORY = 1000

export const newMailbox = (email: string): Mailbox => ({
  email,
  mails: new Map(),
  ordered: [],
  byMessageId: new Map(),
  threads: new Map(),
  bySubject: new Map(),
  changes: [],
  history: FIRST_HISTORY,
  floor: FIRST_HISTORY,
  untold: 0,
  labels: new Map(),
  drafts: new Map(),
  watch: undefined,
  pushed: 0,
})

export function addMail(box: Mailbox, mail: Mail) {
  box.mails.set(mail.id, mail)
  box.ordered.splice(placeOf(box.ordered, mail), 0, mail)
  listIn(box.threads, mail.threadId).push(mail)
  listIn(box.bySubject, baseSubject(mail.head.subject)).push(mail)
  if (mail.head.messageId) listIn(box.byMessageId, mail.head.messageId).push(mail)
  if (box.untold === 0) return noteChange(box, 'messagesAdded', mail, mail.history, mail.labels)
  box.untold--
  box.history = mail.history
}

export function removeMail(box: Mailbox, mail: Mail, history: number) {
  box.mails.delete(mail.id)
  box.ordered.splice(placeOf(box.ordered, mail), 1)
  dropFrom(box.threads, mail.threadId, mail)
  dropFrom(box.bySubject, baseSubject(mail.head.subject), mail)
  dropFrom(box.byMessageId, mail.head.messageId, mail)
  noteChange(box, 'messagesDeleted', mail, history, mail.labels)
}

export function relabel(box: Mailbox, mail: Mail, history: number, add: string[], remove: string[]) {
  const added = add.filter((label) => !mail.labels.includes(label))
  const removed = remove.filter((label) => mail.labels.includes(label))
  mail.labels = [...mail.labels.filter((label) => !removed.includes(label)), ...added]
  mail.history = history
  if (added.length > 0) noteChange(box, 'labelsAdded', mail, history, added)
  if (removed.length > 0) noteChange(box, 'labelsRemoved', mail, history, removed)
}

function noteChange(box: Mailbox, kind: Change['kind'], mail: Mail, history: number, labels: string[]) {
  box.changes.push({ kind, history, id: mail.id, threadId: mail.threadId, labels: [...labels] })
  box.history = history
}

/** Where a mail stands, or would stand, found by halving. */
function placeOf(ordered: Mail[], mail: Mail) {
  let low = 0
  let high = ordered.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = ordered[middle] as Mail
    if (other.at < mail.at || (other.at === mail.at && other.id < mail.id)) low = middle + 1
    else high = middle
  }
  return low
}

function listIn(map: Map<string, Mail[]>, name: string): Mail[] {
  const list = map.get(name) ?? []
  map.set(name, list)
  return list
}

function dropFrom(map: Map<string, Mail[]>, name: string, mail: Mail) {
  const rest = (map.get(name) ?? []).filter((other) => other !== mail)
  if (rest.length > 0) map.set(name, rest)
  else map.delete(name)
}
