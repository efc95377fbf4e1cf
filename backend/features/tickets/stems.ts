import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** A process knows the stems of so many words before it begins anew; most of what people write is made of a few thousand. */
const MOST_WORDS = 30_000

/** Of all workspaces alike: the stems of a word are nobody's. */
let known = new Map<string, string>()

/**
 * The stems of words in the languages that are searched, as PostgreSQL's dictionaries have them. It is asked for those alone that this
 * process has not met.
 * @param texts words of letters only, in small ones
 * @returns the stems of each word, as they are written in a tsvector
 */
export async function stemsOf(tx: Tx, texts: readonly (readonly string[])[]): Promise<string[][]> {
  const held = known // stays whole for this caller when another one begins anew
  const unknown = new Set<string>()
  const found = texts.map((words) =>
    words.map((word) => {
      const stems = held.get(word)
      if (stems === undefined) unknown.add(word)
      return stems
    }),
  )
  if (unknown.size === 0) return found as string[][]
  const rows = await tx.ask<{ word: string; stems: string[] }>(Prisma.sql`
    select word, ts_lexize('app.english_stem', word) || ts_lexize('app.german_stem', word) as stems from unnest(${[...unknown]}::text[]) as word`)
  for (const { word, stems } of rows) held.set(word, [...new Set(stems)].map(asWritten).join(' '))
  if (held === known && held.size > MOST_WORDS) known = new Map()
  return texts.map((words, n) => words.map((word, at) => found[n]?.[at] ?? held.get(word) ?? ''))
}

/** Most stems are of plain letters; German ones may get their dots back. */
const asWritten = (stem: string): string =>
  /^[a-z0-9]+$/.test(stem) ? stem : `'${stem.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
