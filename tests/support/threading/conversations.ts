import type { Random } from '../random.ts'

/** One mail of a conversation before it is sent: who answers whom, and what their program forgets to say. */
type Planned = {
  name: string
  from: string
  subject: string
  parent: string | null
  /** All mails before it in its conversation, the oldest first. */
  chain: readonly string[]
  /** What it names: its parent and the chain, the parent alone, the chain alone, or only the oldest of the chain. */
  names: 'both' | 'parent' | 'chain' | 'root'
  /** Copies that come, and to which of our two accounts. */
  copies: readonly ('first' | 'second')[]
}

export type Plan = { mails: readonly Planned[]; conversations: number }

export type Written = {
  from: string
  subject: string
  text: string
  to: string
  id: string
  inReplyTo?: string
  references: string[]
  account: 'first' | 'second'
}

const drawn = <T>(random: Random, from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0]

const CONVERSATIONS = 5
const MAILS = 5

/**
 * A few customers with a friend each, who write, answer themselves and each other, and change subjects. Some first mails are never
 * seen by us, some mails come twice and by both accounts.
 */
export function conversationsOf(random: Random): Plan {
  const mails: Planned[] = []
  for (let conversation = 0; conversation < CONVERSATIONS; conversation++) {
    const people = [`ada${conversation}`, `friend${conversation}`] as const
    const own: Planned[] = []
    const unseen = random() < 0.4 ? `c${conversation}m0` : null
    const count = 2 + Math.floor(random() * MAILS)
    for (let number = unseen ? 1 : 0; number < count; number++) {
      const before = [...(unseen ? [{ name: unseen, chain: [] as readonly string[] }] : []), ...own]
      const parent = before.length === 0 ? null : (before[Math.floor(random() * before.length)] ?? null)
      const changed = random() < 0.2
      own.push({
        name: `c${conversation}m${number}`,
        from: drawn(random, random() < 0.8 ? [people[0]] : [people[1]]),
        subject: `${parent ? 'Re: ' : ''}${changed ? `Topic ${number}` : 'Jar'} of ${conversation}`,
        parent: parent?.name ?? null,
        chain: parent ? [...parent.chain, parent.name] : [],
        names: drawn(random, ['both', 'parent', 'parent', 'parent', 'chain', 'root']),
        copies: drawn(random, [['first'], ['first'], ['second'], ['first', 'second'], ['first', 'first']]),
      })
    }
    mails.push(...own)
  }
  return { mails, conversations: CONVERSATIONS }
}

type Arrival = { random: Random; mark: string; shuffled: boolean; to: readonly [string, string] }

/** The mails as they arrive: in the order written, or in any. @param mark keeps mails and people of one arrival apart from all others */
export function arrivalsOf({ mails }: Plan, { random, mark, shuffled, to }: Arrival): Written[] {
  const written = mails.flatMap((mail) => mail.copies.map((account) => writtenOf(mail, { mark, to, account })))
  if (!shuffled) return written
  for (let last = written.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    const [one, two] = [written[last], written[other]]
    if (one && two) [written[last], written[other]] = [two, one]
  }
  return written
}

function writtenOf(
  { name, from, subject, parent, chain, names }: Planned,
  { mark, to, account }: Pick<Arrival, 'mark' | 'to'> & { account: 'first' | 'second' },
): Written {
  const idOf = (of: string) => `${mark}${of}@home.example`
  const [root] = chain
  const references = names === 'parent' ? [] : names === 'root' ? (root ? [root] : []) : chain
  return {
    from: `${mark}${from}@home.example`,
    subject: `${subject} ${mark}`,
    text: `Words of ${name}.`,
    to: to.join(', '),
    id: idOf(name),
    references: references.map(idOf),
    ...((names === 'both' || names === 'parent') && parent && { inReplyTo: idOf(parent) }),
    account,
  }
}
