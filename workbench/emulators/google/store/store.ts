import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { noJournal, openJournal } from '../../journal.ts'
import { type Blobs, fileBlobs, memoryBlobs } from './blobs.ts'
import type { Entry, RawRef } from './entries.ts'
import { historyGap } from './ids.ts'
import type { Mailbox } from './mailbox.ts'
import { apply, boxOf, newState, type State } from './state.ts'

export interface Store {
  state: State
  blobs: Blobs
  box(email: string): Mailbox
  rawOf(raw: RawRef): Buffer
  nextHistory(): number
  /** Writes the entries as one, then applies them; what was answered survives a killed process. */
  commit(entries: Entry[]): void
  onChange(listener: (emails: string[]) => void): void
  close(): void
}

export function openStore(dataDir?: string): Store {
  if (dataDir) mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const state = newState()
  const blobs = dataDir ? fileBlobs(join(dataDir, 'mail.bin')) : memoryBlobs()
  const journal = dataDir
    ? openJournal<Entry>(join(dataDir, 'journal.jsonl'), (entry) => apply(state, entry))
    : noJournal
  const listeners: ((emails: string[]) => void)[] = []
  let reserved = state.lastHistory

  return {
    state,
    blobs,
    box: (email) => boxOf(state, email),
    rawOf: ({ prefix, blob }) => Buffer.concat([Buffer.from(prefix, 'latin1'), blobs.get(blob)]),
    nextHistory: () => (reserved = Math.max(reserved, state.lastHistory) + historyGap()),
    commit(entries) {
      if (entries.length === 0) return
      journal.append(entries)
      for (const entry of entries) apply(state, entry)
      const emails = entries.flatMap((entry) => (changesMailbox(entry) ? [entry.user] : []))
      if (emails.length > 0) for (const listener of listeners) listener([...new Set(emails)])
    },
    onChange: (listener) => void listeners.push(listener),
    close() {
      journal.close()
      blobs.close()
    },
  }
}

/** A new watch counts too: Gmail notifies at once when it is set. */
const changesMailbox = (entry: Entry): entry is Extract<Entry, { t: 'added' | 'labelled' | 'deleted' | 'watch' }> =>
  ['added', 'labelled', 'deleted', 'watch'].includes(entry.t)
