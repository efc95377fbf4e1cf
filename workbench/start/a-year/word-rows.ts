import { ticketFoundBy } from '../../../backend/features/search/index.ts'
import { asTsvector, type FoundBy, foundBy, stemsOf } from '../../../backend/features/tickets/index.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { stemmable } from '../../../backend/platform/words.ts'
import { KINDS } from '../../scenarios/a-year/reasons-to-write.ts'
import type { Person } from '../../scenarios/story.ts'
import type { RunningBackend } from '../backend.ts'
import type { Pouring } from './pouring.ts'
import type { Numbered, WrittenMail } from './talk-rows.ts'

type Place = { ctx: RunningBackend['ctx']; workspaceId: string }

export type Words = { writeMail(id: string, mail: WrittenMail): void; writeTicket(one: Numbered): void }

const NOBODY: Person = { name: '', email: '' }

/**
 * What search finds the year by, as the desk would have written it. A year repeats its sentences, so their words are told apart once, and
 * the database is asked for the stems of all of them together.
 */
export async function wordsOfTheYear(place: Place, table: Pouring): Promise<Words> {
  const { workspaceId } = place
  const stemsFor = await stemsOfTheYear(place)
  const sentences = new Map<string, Map<string, FoundBy & { stems: string[] }>>()
  const people = new Map<string, FoundBy>()
  const told = (subject: string, text: string) => {
    const ofText = held(sentences, text, () => new Map()) // a year has few texts, and each is one string: nobody has to look through it again
    return held(ofText, subject, () => {
      const words = wordsOf(subject, text, NOBODY)
      return { ...words, stems: stemsFor(words.forms) }
    })
  }
  const known = (person: Person) => held(people, `${person.name}\n${person.email}`, () => wordsOf('', '', person))
  return {
    writeMail(id, { messageId, at, subject, text, from, to }) {
      const { stems, ...words } = told(subject, text)
      const lexemes = asTsvector({ ...words, sender: known(from).sender, receivers: known(to).receivers }, stems)
      table.row(workspaceId, messageId, id, new Date(at), lexemes)
    },
    writeTicket({ ticket: { subject, category, tags, happened }, id, number, customer: { name, email } }) {
      if (tags.length === 0) return // nobody labelled it: its mails are what it is found by
      const words = ticketFoundBy({ number, subject, category, tags, customer: name, addresses: [email], orders: [] })
      const forms = stemmable(`${words.subject} ${words.body}`)
      const lexemes = asTsvector({ ...words, heading: words.subject, receivers: '', forms }, stemsFor(forms))
      const marks = words.marks.map((mark) => `'${mark}'`)
      table.row(workspaceId, id, id, new Date(happened[0]?.at ?? 0), [lexemes, ...marks].join(' '))
    },
  }
}

/** @returns gives the stems of words that stand in the year */
async function stemsOfTheYear({ ctx, workspaceId }: Place): Promise<(forms: string) => string[]> {
  const said = Object.values(KINDS).flatMap(({ subjects, asks, answers, tags, category }) =>
    [...subjects, ...asks, ...answers, ...tags, category].map((text) => wordsOf('', text, NOBODY).forms),
  )
  const words = [...new Set(['re', 'tkt', ...said.flatMap((forms) => forms.split(' '))])]
  const [stems = []] = await inWorkspace(ctx, workspaceId, (tx) => stemsOf(tx, [words]))
  const byWord = new Map(words.map((word, n) => [word, stems[n] ?? '']))
  return (forms) =>
    forms.split(' ').map((word) => {
      const stem = byWord.get(word)
      if (stem === undefined) throw new Error(`Nobody looked up the stems of «${word}»`)
      return stem
    })
}

function wordsOf(subject: string, text: string, { name, email }: Person): FoundBy {
  return foundBy({ envelope: { messageId: '', cc: [], subject, from: { name, address: email }, to: [email] }, text })
}

function held<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
