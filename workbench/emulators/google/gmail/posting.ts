import type { Head } from '../mime/head.ts'
import { headOf } from '../mime/head.ts'
import type { Entry, RawRef } from '../store/entries.ts'
import { newMailId } from '../store/ids.ts'
import type { Mail } from '../store/mailbox.ts'
import type { Store } from '../store/store.ts'
import { threadFor } from './threading.ts'

export interface Posting {
  user: string
  raw: RawRef
  head: Head
  labels: string[]
  /** Milliseconds since 1970: when Google took the mail. */
  at: number
  threadId?: string
}

export type Added = Extract<Entry, { t: 'added' }>

/** The entry that puts a mail into a mailbox; nothing happens before it is committed. */
export function posting(store: Store, { user, raw, head, labels, at, threadId }: Posting): Added {
  const box = store.box(user)
  const id = newMailId(box, at)
  const thread = threadId ?? threadFor(box, head, at) ?? id
  const size = raw.prefix.length + raw.blob[1]
  return {
    t: 'added',
    user,
    id,
    threadId: thread,
    history: store.nextHistory(),
    labels: [...new Set(labels)],
    at,
    raw,
    head: { ...head, size },
  }
}

/** Keeps the bytes and reads what lists and searches need. */
export const keep = (store: Store, bytes: Buffer, prefix = ''): { raw: RawRef; head: Head } => ({
  raw: { prefix, blob: store.blobs.put(bytes) },
  head: headOf(bytes),
})

export function relabelling(store: Store, user: string, mail: Mail, add: string[], remove: string[]): Entry[] {
  const really = {
    add: add.filter((l) => !mail.labels.includes(l)),
    remove: remove.filter((l) => mail.labels.includes(l)),
  }
  if (really.add.length + really.remove.length === 0) return []
  return [{ t: 'labelled', user, id: mail.id, history: store.nextHistory(), ...really }]
}

export const deleting = (store: Store, user: string, id: string): Entry => ({
  t: 'deleted',
  user,
  id,
  history: store.nextHistory(),
})
