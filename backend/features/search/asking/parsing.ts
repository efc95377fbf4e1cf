import { LONGEST_SEARCH, TOO_LONG_SEARCH } from '../../../../shared/search.ts'
import { DeskError } from '../../../platform/errors.ts'
import { respelt, wordsIn } from '../../../platform/words.ts'
import { OPERATORS, type Operator, PARTS, type Question, type Term } from './question.ts'

/** A sign of leaving out, an operator, and a value with or without quotes; a quote that is never closed ends with the text. */
const PIECE = /(?<empty>-?\p{L}+:)(?=\s|$)|(?<not>-)?(?:(?<name>\p{L}+):)?(?:"(?<quoted>[^"]*)"?|(?<bare>[^\s"]+))/gu
const TICKET = /^#?tkt-?0*(\d{1,9})$/i
const QUOTES = /[“”„«»]/g
/** Words of one question; more would find nothing anyway. */
const MOST_TERMS = 40

/** Reads a question as it was typed. @throws DeskError invalid_request, in words that say how it is asked */
export function parseQuestion(text: string): Question {
  if (text.length > LONGEST_SEARCH) throw new DeskError('invalid_request', TOO_LONG_SEARCH)
  const question: Question = { terms: [], values: noValues(), numbers: [], unknown: [] }
  for (const { groups = {} } of text.replace(QUOTES, '"').matchAll(PIECE)) takePiece(question, groups)
  if (question.terms.length > MOST_TERMS)
    throw new DeskError('invalid_request', `A search has at most ${MOST_TERMS} words. Keep those that matter.`)
  return question
}

const noValues = () => Object.fromEntries(OPERATORS.map((name) => [name, []])) as unknown as Question['values']

type Piece = { [name: string]: string | undefined }

function takePiece(question: Question, piece: Piece): void {
  const name = piece['name']?.toLowerCase()
  const value = piece['quoted'] ?? piece['bare'] ?? ''
  if (piece['empty']) {
    takeEmpty(question, piece['empty'])
    return
  }
  if (name && isOperator(name)) {
    takeValue(question, name, value, piece['not'] !== undefined)
    return
  }
  if (name && PARTS[name] && wordsIn(value).length === 0) throw lacking(`${name}:`)
  const number = name ? null : TICKET.exec(value)?.[1]
  if (number && !piece['not']) question.numbers.push(Number(number))
  else takeTerm(question, piece, name, value)
}

/** `Hello:` is a word like another. */
function takeEmpty(question: Question, text: string): void {
  const name = text.replace(/[-:]/g, '').toLowerCase()
  if (isOperator(name) || PARTS[name]) throw lacking(`${name}:`)
  takeTerm(question, text.startsWith('-') ? { not: '-' } : {}, undefined, text)
}

const isOperator = (name: string): name is Operator => (OPERATORS as readonly string[]).includes(name)

const lacking = (name: string) =>
  new DeskError('invalid_request', `${name} needs something after it, without a blank between: ${name}…`)

function takeValue(question: Question, name: Operator, value: string, not: boolean): void {
  if (not)
    throw new DeskError('invalid_request', `Only words can be left out, as in -refund; -${name}: cannot. Take it away.`)
  if (value.trim() === '') throw lacking(`${name}:`)
  question.values[name].push(value.trim())
}

function takeTerm(question: Question, piece: Piece, name: string | undefined, value: string): void {
  const part = name ? (PARTS[name] ?? null) : null
  const isUnknown = name !== undefined && part === null
  const text = isUnknown ? `${name} ${value}` : value
  const words = wordsIn(text)
  if (isUnknown && !/^https?$/.test(name)) question.unknown.push(`${name}:`)
  if (words.length === 0) return
  const quoted = piece['quoted'] !== undefined
  const also = otherWords(text, words)
  question.terms.push({
    words,
    also,
    not: piece['not'] !== undefined,
    quoted,
    begins: !quoted && value.endsWith('*'),
    part,
  })
}

function otherWords(text: string, words: readonly string[]): string[] {
  const also = wordsIn(respelt(text))
  return also.join(' ') === words.join(' ') ? [] : also
}

export const isEmpty = ({ terms, values, numbers }: Question): boolean =>
  terms.length + numbers.length + Object.values(values).flat().length === 0

/** One term as PostgreSQL reads it; words hold letters and digits only. */
const exactly = (term: Term): string =>
  spellingsOf(term)
    .map((words) => phrase(words, term))
    .join(' | ')

function phrase(words: readonly string[], { begins, part }: Term): string {
  const sign = [begins ? '*' : '', part ?? ''].join('')
  return `(${words.map((word, n) => `'${word}'${suffix(sign, part, n === words.length - 1)}`).join(' <-> ')})`
}

const spellingsOf = ({ words, also }: Term): string[][] => (also.length === 0 ? [words] : [words, also])

const eitherSpelling = (term: Term): string => inBrackets(spellingsOf(term).map(([word]) => `'${word}'`))

const inBrackets = (parts: readonly string[]): string =>
  parts.length === 1 ? parts.join('') : `(${parts.join(' | ')})`

const suffix = (sign: string, part: string | null, isLast: boolean): string => {
  const own = isLast ? sign : (part ?? '')
  return own === '' ? '' : `:${own}`
}

/** What app.search_query takes: single words, each in either spelling; of the rest one text, null where there is nothing of a kind. */
export type SearchWords = {
  stems: string[]
  exact: string | null
  notStems: string[]
  notExact: string | null
  marks: string[]
}

/** The words of a question for the database. Tags alone are found by the marks of their tickets. @param tags as they are stored */
export function searchWords({ terms }: Pick<Question, 'terms'>, tags: readonly string[] = []): SearchWords {
  const isPlain = ({ words, quoted, begins, part }: Term) => words.length === 1 && !quoted && !begins && part === null
  const stems = (not: boolean) => terms.filter((term) => term.not === not && isPlain(term)).map(eitherSpelling)
  const exact = (not: boolean) =>
    terms.filter((term) => term.not === not && !isPlain(term)).map((term) => `(${exactly(term)})`)
  const isAboutWords = terms.some(({ not }) => !not)
  return {
    stems: stems(false),
    exact: joined(exact(false), ' & '),
    notStems: stems(true),
    notExact: joined(exact(true), ' | '),
    marks: isAboutWords ? [] : tags.map(tagMark),
  }
}

const joined = (parts: string[], sign: string): string | null => (parts.length === 0 ? null : parts.join(sign))

/** A tag among the words of its ticket. */
export const tagMark = (tag: string): string => `tag:${tag}`
