import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const INTAKE = fileURLToPath(new URL('..', import.meta.url))
const LOCK = fileURLToPath(new URL('../../../../package-lock.json', import.meta.url))

let known: string | undefined

/** What reads mails here, as a short hash of its code and of the libraries: another one may read what this one cannot. */
export const releaseHere = (): string => {
  known ??= hashOfAll([LOCK, ...sources(INTAKE)])
  return known
}

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => join(folder, name))

function hashOfAll(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}
