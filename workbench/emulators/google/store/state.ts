import type { Entry, ReceivedMail, Token } from './entries.ts'
import { addMail, type Mailbox, newMailbox, relabel, removeMail } from './mailbox.ts'

export interface State {
  boxes: Map<string, Mailbox>
  tokens: Map<string, Token>
  received: Map<string, ReceivedMail[]>
  /** Whether the routing rule copies what agents send to the archive. */
  routing: boolean
  lastHistory: number
}

export const newState = (): State => ({
  boxes: new Map(),
  tokens: new Map(),
  received: new Map(),
  routing: true,
  lastHistory: 1_000_000,
})

export function boxOf(state: State, email: string): Mailbox {
  const box = state.boxes.get(email) ?? newMailbox(email)
  state.boxes.set(email, box)
  return box
}

export function apply(state: State, entry: Entry) {
  if ('history' in entry) state.lastHistory = Math.max(state.lastHistory, entry.history)
  if ('user' in entry) applyToBox(boxOf(state, entry.user), entry)
  else applyToAll(state, entry)
}

type BoxEntry = Extract<Entry, { user: string }>

function applyToBox(box: Mailbox, entry: BoxEntry) {
  switch (entry.t) {
    case 'added': {
      const { id, threadId, history, labels, at, raw, head } = entry
      return addMail(box, { id, threadId, history, labels, at, raw, head })
    }
    case 'labelled':
    case 'deleted': {
      const mail = box.mails.get(entry.id)
      if (!mail) return
      if (entry.t === 'deleted') return removeMail(box, mail, entry.history)
      return relabel(box, mail, entry.history, entry.add, entry.remove)
    }
    case 'label':
      return void box.labels.set(entry.label.id, entry.label)
    case 'labelGone':
      return void box.labels.delete(entry.id)
    case 'draft':
      return void box.drafts.set(entry.draftId, entry.messageId)
    case 'draftGone':
      return void box.drafts.delete(entry.draftId)
    case 'watch':
      box.watch = entry.watch
      return
    case 'unwatch':
      box.watch = undefined
      return
    case 'pushed':
      box.pushed = Math.max(box.pushed, entry.history)
      return
    case 'floor':
      box.floor = entry.history
      return
    case 'untold':
      box.untold = entry.mails
  }
}

function applyToAll(state: State, entry: Exclude<Entry, BoxEntry>) {
  switch (entry.t) {
    case 'token':
      return void state.tokens.set(entry.token.value, entry.token)
    case 'tokenGone':
      return void state.tokens.delete(entry.value)
    case 'revoked':
      for (const token of [...state.tokens.values()]) if (token.email === entry.email) state.tokens.delete(token.value)
      return
    case 'received':
      state.received.set(entry.mail.to, [...(state.received.get(entry.mail.to) ?? []), entry.mail])
      return
    case 'routing':
      state.routing = entry.on
  }
}
