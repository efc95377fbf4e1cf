import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { Entry } from './entries.ts'

export interface Journal {
  /** All entries of one call stand in one line: after a crash they are there together or not at all. */
  append(entries: Entry[]): void
  close(): void
}

/** Opens the journal and hands every earlier entry to `apply`; a torn last line was never answered and is cut off. */
export function openJournal(path: string, apply: (entry: Entry) => void): Journal {
  const file = openSync(path, 'a+', 0o600)
  const bytes = readFileSync(file)
  const whole = bytes.lastIndexOf(0x0a) + 1
  if (whole < bytes.length) ftruncateSync(file, whole)
  for (let at = 0; at < whole; ) {
    const end = bytes.indexOf(0x0a, at)
    for (const entry of entriesIn(bytes.toString('utf8', at, end), path)) apply(entry)
    at = end + 1
  }
  return {
    append(entries) {
      const line = Buffer.from(`${JSON.stringify(entries)}\n`)
      for (let done = 0; done < line.length; ) done += writeSync(file, line, done)
    },
    close: () => closeSync(file),
  }
}

export const noJournal: Journal = { append: () => undefined, close: () => undefined }

function entriesIn(line: string, path: string): Entry[] {
  try {
    return JSON.parse(line) as Entry[]
  } catch (cause) {
    throw new Error(`${path} is damaged at "${line.slice(0, 40)}": reset the workbench to start over`, { cause })
  }
}
