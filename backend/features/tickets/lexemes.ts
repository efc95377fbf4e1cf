import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { otherSpellings, searchableNameWords, searchableWords, stemmable } from '../../platform/words.ts'
import { maskCodes } from '../gift-cards/index.ts'
import type { Envelope } from './messages.ts'
import { stemsOf } from './stems.ts'

/** What a message is found by, as app.lexemes_of takes it: words of its subject, of who wrote it and to whom, of its text, and what has other forms. */
export type FoundBy = { heading: string; sender: string; receivers: string; body: string; forms: string }

type Said = { envelope: Envelope; text: string }

/** The same word by word; `others` are words of the text in another spelling. */
type Words = Record<'heading' | 'sender' | 'receivers' | 'body' | 'others', string[]>

/** Personal data like the message itself; codes of gift cards are in none of it. */
function wordsOf({ envelope, text }: Said): Words {
  const { subject, from, to, cc } = envelope
  const said = maskCodes(text)
  return {
    heading: searchableNameWords(maskCodes(subject)),
    sender: searchableNameWords(maskCodes(`${from.name} ${from.address}`)),
    receivers: searchableWords(maskCodes([...to, ...cc].join(' '))),
    body: searchableWords(said),
    others: otherSpellings(said),
  }
}

/** What a message is found by. */
export const foundBy = (message: Said): FoundBy => asFoundBy(wordsOf(message))

function asFoundBy({ heading, sender, receivers, body, others }: Words): FoundBy {
  const forms = stemmable([...heading, ...body, ...others].join(' '))
  return {
    heading: heading.join(' '),
    sender: sender.join(' '),
    receivers: receivers.join(' '),
    body: body.join(' '),
    forms,
  }
}

/** The database takes the words apart itself: for one message, and for alphabets that only it knows how to. */
export const lexemesSql = (message: Said): Prisma.Sql => askedFor(wordsOf(message))

function askedFor(words: Words): Prisma.Sql {
  const { heading, sender, receivers, body, forms } = asFoundBy(words)
  return Prisma.sql`app.lexemes_of(${heading}, ${sender}, ${receivers}, ${body}, ${forms})`
}

/**
 * The same for many messages. Words of plain letters and digits are counted here, and the database is asked only for stems that it has not
 * been asked for before: its own parser spends more on a mail than all the rest of its row.
 */
export async function lexemesOf(tx: Tx, messages: readonly Said[]): Promise<Prisma.Sql[]> {
  const all = messages.map((message) => {
    const words = wordsOf(message)
    return { words, counted: isShort(words) ? counted(words) : null }
  })
  const stems = await stemsOf(
    tx,
    all.map(({ counted }) => counted?.stemmed ?? []),
  )
  return all.map(({ words, counted }, n) =>
    counted ? Prisma.sql`${asTsvector(counted, stems[n] ?? [])}::tsvector` : askedFor(words),
  )
}

/** Longer texts reach places that a tsvector has no room for. Characters, of which every second one may end a word. */
const LONGEST = 30_000

const isShort = ({ heading, sender, receivers, body }: Words): boolean =>
  [heading, sender, receivers, body].reduce((sum, words) => sum + lengthOf(words), 0) < LONGEST

const lengthOf = (words: readonly string[]): number => words.reduce((sum, word) => sum + word.length + 1, 0)

/** Words as a tsvector has them, with their places, and those of which the stems are wanted too, each once. */
type Counted = { written: Map<string, string>; stemmed: string[] }

/** Where every word is one token, whoever takes the text apart. */
const PLAIN = /^[a-z0-9 ]*$/

/** @returns null where a word is not plain */
function counted({ heading, sender, receivers, body, others }: Words): Counted | null {
  const written = new Map<string, string>()
  const stemmed = new Set<string>()
  let place = 0
  for (const [words, weight, hasForms] of [
    [heading, 'A', true],
    [sender, 'B', false],
    [receivers, 'C', false],
    [body, '', true],
  ] as const)
    for (const word of words) {
      const before = written.get(word)
      written.set(word, `${before === undefined ? `${word}:` : `${before},`}${++place}${weight}`)
      if (hasForms && isStemmable(word)) stemmed.add(word)
    }
  for (const word of others) if (isStemmable(word)) stemmed.add(word)
  return PLAIN.test([...written.keys(), ...stemmed].join(' ')) ? { written, stemmed: [...stemmed] } : null
}

/** Of plain words, which are all letters or all digits, what `stemmable` leaves. */
const isStemmable = (word: string): boolean => word.length > 2 && word > ':'

/**
 * What app.lexemes_of makes of plain words, as PostgreSQL writes a tsvector down, in any order; of a word that comes more than 255 times
 * one place more.
 */
function asTsvector({ written }: Counted, stems: readonly string[]): string {
  for (const stem of stems) if (!written.has(stem)) written.set(stem, stem)
  return [...written.values()].join(' ')
}
