import type { Head } from '../mime/head.ts'
import type { BlobRef } from './blobs.ts'

/** Everything that can happen to the pretended Google. State is these entries applied in order, live and at a restart. */
export type Entry =
  | {
      t: 'added'
      user: string
      id: string
      threadId: string
      history: number
      labels: string[]
      at: number
      raw: RawRef
      head: Head
    }
  | { t: 'labelled'; user: string; id: string; history: number; add: string[]; remove: string[] }
  | { t: 'deleted'; user: string; id: string; history: number }
  | { t: 'label'; user: string; label: UserLabel }
  | { t: 'labelGone'; user: string; id: string }
  | { t: 'draft'; user: string; draftId: string; messageId: string }
  | { t: 'draftGone'; user: string; draftId: string }
  | { t: 'watch'; user: string; watch: Watch }
  | { t: 'unwatch'; user: string }
  | { t: 'pushed'; user: string; history: number }
  | { t: 'floor'; user: string; history: number }
  | { t: 'untold'; user: string; mails: number }
  | { t: 'token'; token: Token }
  | { t: 'revoked'; email: string }
  | { t: 'tokenGone'; value: string }
  | { t: 'received'; mail: ReceivedMail }
  | { t: 'routing'; on: boolean }

/** A stored mail: lines the receiving server put on top, then bytes that mailboxes may share. */
export interface RawRef {
  prefix: string
  blob: BlobRef
}

export interface UserLabel {
  id: string
  name: string
  messageListVisibility?: string
  labelListVisibility?: string
  color?: { textColor?: string; backgroundColor?: string }
}

export interface Watch {
  topicName: string
  labelIds: string[]
  exclude: boolean
  expiration: number
}

export interface Token {
  kind: 'access' | 'refresh'
  value: string
  email: string
  scopes: string[]
  clientId: string
  /** Milliseconds since 1970; refresh tokens do not expire. */
  expires?: number
}

/** One mail in an outsider's mailbox. */
export interface ReceivedMail {
  id: string
  to: string
  at: number
  raw: RawRef
  head: Head
}
