import { fold } from '../../../platform/words.ts'

/** Somebody who can be named in a note. */
export type Named = { id: string; name: string; email: string; left: boolean }

/** Who is named, each once; and what to tell about names that are not clear. */
export type Naming = { people: Named[]; problems: string[] }

/** A name begins after a blank or a bracket, so that an address in a note names nobody. */
const AT = /(?<=^|[\s([{<"'«„“,;:])@(?=\S)/gu

/** Letters that go on with a name. */
const GOES_ON = /^[\p{L}\p{N}\p{M}_@-]/u

/** Characters in which a name is looked for. */
const LONGEST = 330

const MOST_PEOPLE = 20

/**
 * Whom a note names: `@` with the first name, the whole name, the part of the address before its @, or all of it. The longest that fits
 * counts; a name that several people have names nobody.
 */
export function namedIn(text: string, staff: readonly Named[]): Naming {
  const people = new Map<string, Named>()
  const problems = new Set<string>()
  const known = staff.flatMap((person) => keysOf(person).map((key) => ({ key, person })))
  for (const { index } of text.matchAll(AT)) {
    const after = text.slice(index + 1, index + 1 + LONGEST)
    const [one, ...others] = fitting(tidy(after), known)
    if (one === undefined) problems.add(`Nobody here is called @${writtenIn(after)}.`)
    else if (others.length > 0) problems.add(unclear(after, [one, ...others]))
    else if (one.left) problems.add(`${one.name} has left the desk and was not told.`)
    else if (people.size < MOST_PEOPLE || people.has(one.id)) people.set(one.id, one)
    else problems.add(`A note tells ${MOST_PEOPLE} people; ${one.name} was not told.`)
  }
  return { people: [...people.values()], problems: [...problems] }
}

type Known = { key: string; person: Named }

/** Everybody with the longest name that fits; who is there goes before who has left. */
function fitting(said: string, known: readonly Known[]): Named[] {
  const fits = known.filter(({ key }) => said.startsWith(key) && !GOES_ON.test(said.slice(key.length)))
  const longest = Math.max(0, ...fits.map(({ key }) => key.length))
  const people = [
    ...new Map(fits.flatMap(({ key, person }) => (key.length === longest ? [[person.id, person]] : []))).values(),
  ]
  const here = people.filter(({ left }) => !left)
  return here.length > 0 ? here : people
}

const tidy = (text: string) => fold(text).replace(/\s+/g, ' ')

function keysOf({ name, email }: Named): string[] {
  const whole = tidy(name).trim()
  const address = tidy(email)
  return [...new Set([whole, whole.split(' ')[0] ?? '', address, address.split('@')[0] ?? ''])].filter(
    (key) => key !== '',
  )
}

const writtenIn = (text: string) => /^[^\s,;:!?()]{1,40}/u.exec(text)?.[0] ?? ''

const unclear = (after: string, people: readonly Named[]) =>
  `@${writtenIn(after)} could be ${people.map(({ name, email }) => `${name} (${email})`).join(' or ')}: nobody was told. Name one of them by address in another note.`
