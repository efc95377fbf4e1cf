import { fold, respelt, wordsIn } from '../../platform/words.ts'
import type { Term } from './asking/question.ts'

export type Excerpt = { excerpt: string; marks: { start: number; length: number }[] }

/** Characters before the first word that was found, and in all. */
const BEFORE = 60
const LENGTH = 220
/** Searched for the first word; what is found further on is shown by the beginning of the text. */
const LOOKED_AT = 200_000

const RUN = /[\p{L}\p{M}]+|\p{N}+/gu

/** The part of a text in which the words of a question stand, and where. @param text without codes of gift cards */
export function excerptWith(text: string, terms: readonly Term[]): Excerpt {
  const tidy = text.slice(0, LOOKED_AT).replace(/\s+/g, ' ').trim()
  const sought = terms
    .filter(({ not }) => !not)
    .flatMap(({ words, also, begins }) => [...words, ...also].map((word) => ({ word, begins })))
  const places = placesIn(tidy, sought)
  const first = places[0]?.start ?? 0
  const from = first <= BEFORE ? 0 : tidy.indexOf(' ', first - BEFORE) + 1 || first
  const start = Math.min(from, first)
  const end = start + LENGTH
  const ahead = start > 0 ? '… ' : ''
  const cut = tidy.slice(start, end)
  return {
    excerpt: `${ahead}${cut}${end < tidy.length ? '…' : ''}`,
    marks: places
      .filter((place) => place.start >= start && place.start + place.length <= end)
      .map((place) => ({ start: place.start - start + ahead.length, length: place.length })),
  }
}

type Sought = { word: string; begins: boolean }

function placesIn(text: string, sought: readonly Sought[]): Excerpt['marks'] {
  if (sought.length === 0) return []
  const places: Excerpt['marks'] = []
  for (const { 0: run, index } of text.matchAll(RUN))
    if (sought.some((each) => isMeant(run, each))) places.push({ start: index, length: run.length })
  return places
}

/** Close enough for a mark: the same word, the same beginning, or another ending of it. */
const isMeant = (run: string, sought: Sought): boolean =>
  isForm(fold(run), sought) || (respelt(run) !== run && isForm(fold(respelt(run)), sought))

function isForm(own: string, { word, begins }: Sought): boolean {
  if (own === word || (begins && own.startsWith(word))) return true
  if (wordsIn(own).length > 1) return own.includes(word)
  const [short, long] = own.length < word.length ? [own, word] : [word, own]
  if (short.length < 3 || long.length - short.length > 3) return false
  return long.startsWith(short) || (short.length >= 5 && long.startsWith(short.slice(0, -1)))
}

/** The same in one line of plain text, for a card: what was found stands between « and ». */
export function inQuotes({ excerpt, marks }: Excerpt): string {
  let shown = ''
  let at = 0
  for (const { start, length } of marks) {
    shown += `${excerpt.slice(at, start)}«${excerpt.slice(start, start + length)}»`
    at = start + length
  }
  return shown + excerpt.slice(at)
}
