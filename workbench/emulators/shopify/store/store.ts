import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { noJournal, openJournal } from '../../journal.ts'
import type { Entry } from './entries.ts'
import { apply, newState, type State } from './state.ts'

export interface Store {
  state: State
  /** Writes the entries as one, then applies them; what was answered survives a killed process. */
  commit(entries: Entry[]): void
  /** What is committed meanwhile is written as one. */
  together<T>(work: () => T): T
  close(): void
}

export function openStore(dataDir?: string): Store {
  if (dataDir) mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const state = newState()
  const journal = dataDir
    ? openJournal<Entry>(join(dataDir, 'journal.jsonl'), (entry) => apply(state, entry))
    : noJournal
  let gathered: Entry[] | undefined
  return {
    state,
    commit(entries) {
      if (entries.length === 0) return
      if (gathered) gathered.push(...entries)
      else journal.append(entries)
      for (const entry of entries) apply(state, entry)
    },
    together(work) {
      gathered = []
      try {
        return work()
      } finally {
        if (gathered.length > 0) journal.append(gathered)
        gathered = undefined
      }
    },
    close: () => journal.close(),
  }
}
