import { ticketFoundBy } from '../../../backend/features/search/index.ts'
import { type FoundBy, foundBy, stemsOf } from '../../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { stemmable } from '../../../backend/platform/words.ts'
import { KINDS } from '../../scenarios/a-year/reasons-to-write.ts'
import type { Person } from '../../scenarios/story.ts'
import type { RunningBackend } from '../backend.ts'
import { type Frame, frameOf, inFront, joined, placesOf, tsvectorOf, withForms } from './lexemes.ts'
import type { Pouring } from './pouring.ts'
import type { Numbered, WrittenMail } from './talk-rows.ts'

type Place = { ctx: RunningBackend['ctx']; workspaceId: string }

/** The stems of words, which stand between blanks. */
export type Stems = (forms: string) => string[]

export type Words = { writeMail(id: string, mail: WrittenMail): void; writeTicket(one: Numbered): void }

const NOBODY: Person = { name: '', email: '' }

/**
 * What search finds the year by, as the desk would have written it. A year repeats its sentences, so their words are told apart once, and
 * the database is asked for the stems of all of them together.
 */
export function wordsOfTheYear(workspaceId: string, stemsFor: Stems, table: Pouring): Words {
  const sentences = new Map<string, Map<string, Sentence>>()
  const people = new Map<Person, { sender: string[]; receivers: string[] }>() // as objects: nobody has to look through their names again
  const told = (subject: string, text: string) => {
    const ofText = held(sentences, text, () => new Map()) // a year has few texts, and each is one string: nobody has to look through it again
    return held(ofText, subject, () => sentenceOf(wordsOf(subject, text, NOBODY), stemsFor))
  }
  const known = (person: Person) =>
    held(people, person, () => {
      const { sender, receivers } = wordsOf('', '', person)
      return { sender: split(sender), receivers: split(receivers) }
    })
  return {
    writeMail(id, { messageId, at, subject, text, from, to }) {
      const lexemes = mailLexemes(told(subject, text), known(from).sender, known(to).receivers)
      table.row(workspaceId, messageId, id, new Date(at), lexemes)
    },
    writeTicket({ ticket: { subject, category, tags, happened }, id, number, customer: { name, email } }) {
      if (tags.length === 0) return // nobody labelled it: its mails are what it is found by
      const words = ticketFoundBy({ number, subject, category, tags, customer: name, addresses: [email], orders: [] })
      const forms = stemmable(`${words.subject} ${words.body}`)
      const places = placesOf([
        { words: split(words.subject), weight: WEIGHTS.heading },
        { words: split(words.sender), weight: WEIGHTS.sender },
        { words: split(words.body), weight: WEIGHTS.body },
      ])
      const lexemes = tsvectorOf(withForms(places, [...stemsFor(forms), ...words.marks]))
      table.row(workspaceId, id, id, new Date(happened[0]?.at ?? 0), lexemes)
    },
  }
}

/** As the desk weighs them. */
const WEIGHTS = { heading: 3, sender: 2, receivers: 1, body: 0 }

/** A subject and a text that many mails have; who writes to whom takes so many places between them. */
type Sentence = { heading: string[]; body: string[]; stems: string[]; frames: Map<number, Frame> }

const sentenceOf = ({ heading, body, forms }: FoundBy, stemsFor: Stems): Sentence => ({
  heading: split(heading),
  body: split(body),
  stems: stemsFor(forms),
  frames: new Map(),
})

function mailLexemes(sentence: Sentence, sender: readonly string[], receivers: readonly string[]): Buffer {
  const { heading, body, stems, frames } = sentence
  const between = sender.length + receivers.length
  const head = { words: heading, weight: WEIGHTS.heading }
  const people = [
    { words: sender, weight: WEIGHTS.sender },
    { words: receivers, weight: WEIGHTS.receivers },
  ]
  const frame = held(frames, between, () => {
    const places = placesOf([{ words: body, weight: WEIGHTS.body }], heading.length + between)
    return frameOf(withForms(inFront(placesOf([head]), places), stems))
  })
  return (
    joined(frame, placesOf(people, heading.length)) ??
    tsvectorOf(withForms(placesOf([head, ...people, { words: body, weight: WEIGHTS.body }]), stems))
  )
}

/** @returns gives the stems of words that stand in the year */
export async function stemsOfTheYear({ ctx, workspaceId }: Place): Promise<Stems> {
  const said = Object.values(KINDS).flatMap(({ subjects, asks, answers, tags, category }) =>
    [...subjects, ...asks, ...answers, ...tags, category].map((text) => wordsOf('', text, NOBODY).forms),
  )
  const words = [...new Set(['re', 'tkt', ...said.flatMap((forms) => forms.split(' '))])]
  const [stems = []] = await inWorkspace(ctx, workspaceId, (tx) => stemsOf(tx, [words]))
  const byWord = new Map(words.map((word, n) => [word, unquoted(stems[n] ?? '')]))
  return (forms) =>
    forms.split(' ').flatMap((word) => {
      const stem = byWord.get(word)
      if (stem === undefined) throw new Error(`Nobody looked up the stems of «${word}»`)
      return stem
    })
}

/** As the database writes lexemes down: some between quotes. */
const unquoted = (lexemes: string): string[] =>
  split(lexemes).map((lexeme) => (lexeme.startsWith("'") ? lexeme.slice(1, -1).replaceAll("''", "'") : lexeme))

const split = (words: string): string[] => (words === '' ? [] : words.split(' '))

function wordsOf(subject: string, text: string, { name, email }: Person): FoundBy {
  return foundBy({ envelope: { messageId: '', cc: [], subject, from: { name, address: email }, to: [email] }, text })
}

function held<K, T>(map: Map<K, T>, key: K, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
