import { Prisma } from '../../generated/prisma/client.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { otherSpellings, searchable, searchableName, stemmable } from '../../platform/words.ts'
import { maskCodes } from '../gift-cards/index.ts'
import type { Envelope } from './messages.ts'
import { stemsOf } from './stems.ts'

/** What a message is found by, as app.lexemes_of takes it: words of its subject, of who wrote it and to whom, of its text, and what has other forms. */
export type FoundBy = { heading: string; sender: string; receivers: string; body: string; forms: string }

type Said = { envelope: Envelope; text: string }

/** Personal data like the message itself; codes of gift cards are in none of it. */
export function foundBy({ envelope, text }: Said): FoundBy {
  const { subject, from, to, cc } = envelope
  const [about = '', sender = '', receivers = '', said = ''] = [
    subject,
    `${from.name} ${from.address}`,
    [...to, ...cc].join(' '),
    text,
  ].map(maskCodes)
  const [heading, body] = [searchableName(about), searchable(said)]
  const forms = stemmable([heading, body, ...otherSpellings(said)].join(' '))
  return { heading, sender: searchableName(sender), receivers: searchable(receivers), body, forms }
}

/** The database takes the words apart itself: for one message, and for alphabets that only it knows how to. */
export const lexemesSql = (message: Said): Prisma.Sql => askedFor(foundBy(message))

const askedFor = ({ heading, sender, receivers, body, forms }: FoundBy): Prisma.Sql =>
  Prisma.sql`app.lexemes_of(${heading}, ${sender}, ${receivers}, ${body}, ${forms})`

/**
 * The same for many messages. Words of plain letters and digits are counted here, and the database is asked only for stems that it has not
 * been asked for before: its own parser spends more on a mail than all the rest of its row.
 */
export async function lexemesOf(tx: Tx, messages: readonly Said[]): Promise<Prisma.Sql[]> {
  const all = messages.map((message) => {
    const words = foundBy(message)
    return { words, isPlain: isPlain(words) }
  })
  const stems = await stemsOf(
    tx,
    all.map(({ words, isPlain }) => (isPlain ? wordsOf(words.forms) : [])),
  )
  return all.map(({ words, isPlain }, n) =>
    isPlain ? Prisma.sql`${asTsvector(words, stems[n] ?? [])}::tsvector` : askedFor(words),
  )
}

const wordsOf = (words: string): string[] => (words === '' ? [] : words.split(' '))

/** Where every word is one token, whoever takes the text apart. */
const PLAIN = /^[a-z0-9 ]*$/
/** Longer texts reach places that a tsvector has no room for. Characters, of which every second one may end a word. */
const LONGEST = 30_000

const isPlain = ({ heading, sender, receivers, body, forms }: FoundBy): boolean =>
  heading.length + sender.length + receivers.length + body.length < LONGEST &&
  [heading, sender, receivers, body, forms].every((words) => PLAIN.test(words))

/**
 * What app.lexemes_of makes of plain words, as PostgreSQL writes a tsvector down, in any order; of a word that comes more than 255 times
 * one place more.
 */
export function asTsvector({ heading, sender, receivers, body }: FoundBy, stems: readonly string[]): string {
  const written = new Map<string, string>()
  let place = 0
  for (const [words, weight] of [
    [heading, 'A'],
    [sender, 'B'],
    [receivers, 'C'],
    [body, ''],
  ] as const)
    for (const word of wordsOf(words)) {
      const before = written.get(word)
      written.set(word, `${before === undefined ? `${word}:` : `${before},`}${++place}${weight}`)
    }
  for (const stem of stems) if (!written.has(stem)) written.set(stem, stem)
  return [...written.values()].join(' ')
}
