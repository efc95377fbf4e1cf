import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'

/** What happened to a pretended service, line by line, so that it goes on after a restart. */
export interface Journal<Entry> {
  /** All entries of one call stand in one line: after a crash they are there together or not at all. */
  append(entries: Entry[]): void
  close(): void
}

/** Opens the journal and hands every earlier entry to `apply`; a torn last line was never answered and is cut off. */
export function openJournal<Entry>(path: string, apply: (entry: Entry) => void): Journal<Entry> {
  const file = openSync(path, 'a+', 0o600)
  const bytes = readFileSync(file)
  const whole = bytes.lastIndexOf(0x0a) + 1
  if (whole < bytes.length) ftruncateSync(file, whole)
  for (let at = 0; at < whole; ) {
    const end = bytes.indexOf(0x0a, at)
    for (const entry of entriesIn<Entry>(bytes.toString('utf8', at, end), path)) apply(entry)
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

export const noJournal: Journal<unknown> = { append: () => undefined, close: () => undefined }

function entriesIn<Entry>(line: string, path: string): Entry[] {
  try {
    return JSON.parse(line) as Entry[]
  } catch (cause) {
    throw new Error(`${path} is damaged at "${line.slice(0, 40)}": reset the workbench to start over`, { cause })
  }
}
