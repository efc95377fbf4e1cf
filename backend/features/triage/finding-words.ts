import { isAscii, wordsIn } from '../../platform/words.ts'

/** Words and phrases that mean the same. */
export type WordList = { name: string; words: readonly string[] }

/** The first word of each list that a text says, as the list writes it, by the name of the list. */
export type Finder = (text: string) => ReadonlyMap<string, string>

/** Longer texts are judged by their beginning. Characters. */
const LOOKED_AT = 20_000

/** What mail programs put inside words, and nobody sees. */
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g

/** A phrase does not reach over the end of a sentence or a paragraph; the end of a line is only where a mail was folded. */
const ENDS = /[.!?;:]\s|\n\s*\n/

type Phrase = { list: string; word: string; tokens: readonly string[] }

/**
 * Gets lists ready to be looked for. Words are whole, whatever their accents and capitals; signs between the words of a phrase do not
 * matter. Nothing that anybody typed becomes a pattern.
 */
export function finderOf(lists: readonly WordList[]): Finder {
  const byFirst = new Map<string, Phrase[]>()
  for (const { name: list, words } of lists)
    for (const word of words) {
      const tokens = wordsIn(word)
      const [first] = tokens
      if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), { list, word, tokens }])
    }
  return (text) => {
    const found = new Map<string, string>()
    const start = text.slice(0, LOOKED_AT)
    for (const piece of (isAscii(start) ? start : start.replace(UNSEEN, '')).split(ENDS))
      lookInto(wordsIn(piece), byFirst, found)
    return found
  }
}

function lookInto(said: readonly string[], byFirst: ReadonlyMap<string, Phrase[]>, found: Map<string, string>): void {
  for (let at = 0; at < said.length; at++) {
    const phrases = byFirst.get(said[at] as string)
    if (phrases === undefined) continue // as of most words
    for (const { list, word, tokens } of phrases)
      if (!found.has(list) && tokens.every((each, n) => said[at + n] === each)) found.set(list, word)
  }
}
