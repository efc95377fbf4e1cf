import type { SearchField, Value } from './fields.ts'
import type { Term } from './parsing.ts'

/** The test that one term makes of one field's values. */
export function comparing({ kind }: SearchField<never>, term: Term): (value: Value) => boolean {
  if (term.value === '*' && !term.quoted) return (value) => value !== null && value !== ''
  switch (kind) {
    case 'text':
      return textTest(term)
    case 'word':
      return wordTest(term)
    case 'number':
      return orderTest(term, Number(term.value), (value) => Number(value))
    case 'id':
      return orderTest(term, numberIn(term.value), (value) => numberIn(String(value)))
    case 'date':
      return dateTest(term)
  }
}

/** What Shopify's index makes of a text: its letters and digits, in lower case. */
export const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

function textTest({ value, quoted }: Term) {
  const prefix = !quoted && value.endsWith('*')
  const wanted = wordsOf(value)
  if (wanted.length === 0) return () => false
  return (held: Value) => {
    const words = wordsOf(String(held ?? ''))
    return quoted
      ? follows(words, wanted)
      : wanted.every((word, i) => includes(words, word, prefix && i === wanted.length - 1))
  }
}

const includes = (words: string[], word: string, prefix: boolean) =>
  prefix ? words.some((held) => held.startsWith(word)) : words.includes(word)

const follows = (words: string[], wanted: string[]) =>
  words.some((_, at) => wanted.every((word, i) => words[at + i] === word))

function wordTest({ value, quoted }: Term) {
  const wanted = (quoted ? [value] : value.split(',')).map((word) => word.trim().toLowerCase())
  return (held: Value) => {
    const word = String(held ?? '').toLowerCase()
    return wanted.some((one) => (one.endsWith('*') && !quoted ? word.startsWith(one.slice(0, -1)) : one === word))
  }
}

function dateTest(term: Term) {
  const asked = /^\d{4}-\d{2}-\d{2}$/.test(term.value) ? dayOf(term.value) : secondsOf(term.value)
  if (term.comparator !== '=' || typeof asked === 'number')
    return orderTest(term, typeof asked === 'number' ? asked : edgeOf(asked, term), (value) => secondsOf(String(value)))
  return (held: Value) => {
    const at = secondsOf(String(held))
    return at >= asked.from && at < asked.to
  }
}

/** A day without a time is a whole day, here of UTC. */
function dayOf(day: string) {
  const from = Date.parse(`${day}T00:00:00Z`) / 1000
  return { from, to: from + 24 * 3600 }
}

const edgeOf = ({ from, to }: { from: number; to: number }, { comparator }: Term) =>
  comparator === '>' || comparator === '<=' ? to - 1 : from

const secondsOf = (text: string) => Math.floor(Date.parse(/T\d{2}$/.test(text) ? `${text}:00:00Z` : text) / 1000)

const numberIn = (text: string) => Number(/(\d+)$/.exec(text)?.[1] ?? Number.NaN)

function orderTest({ comparator }: Term, asked: number, numberOf: (value: Value) => number) {
  return (value: Value) => {
    if (value === null) return false
    const held = numberOf(value)
    if (comparator === '<') return held < asked
    if (comparator === '<=') return held <= asked
    if (comparator === '>') return held > asked
    if (comparator === '>=') return held >= asked
    return held === asked
  }
}
