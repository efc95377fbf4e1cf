import { createHash } from 'node:crypto'
import type { GoogleSeed, SeedPerson, SeedUser } from './seed.ts'

export interface User extends SeedUser {
  sub: string
  hd: string
}

export interface SendAs {
  email: string
  name: string
  verified: boolean
  primary: boolean
}

export type Target =
  | { kind: 'user'; user: User; group?: string }
  | { kind: 'outside'; email: string }
  | { kind: 'unknown'; email: string }

export type Directory = ReturnType<typeof directoryOf>

/** Who is who: users, groups and outsiders by address. */
export function directoryOf(seed: GoogleSeed) {
  const users = new Map(seed.users.map((user) => [key(user.email), complete(user, seed.domains[0] ?? '')]))
  const byAddress = new Map([...users.values()].flatMap((u) => [u.email, ...(u.aliases ?? [])].map((a) => [key(a), u])))
  const groups = new Map(seed.groups.map((group) => [key(group.email), group]))
  const people = new Map((seed.people ?? []).map((person) => [key(person.email), person]))
  const isOurs = (address: string) => seed.domains.some((domain) => key(address).endsWith(`@${key(domain)}`))

  /** Every mailbox an envelope recipient stands for; a group inside a group is followed once. */
  function targetsOf(address: string, within?: string, seen = new Set<string>()): Target[] {
    const wanted = withoutPlus(key(address))
    const user = byAddress.get(wanted)
    if (user) return [{ kind: 'user', user, ...(within ? { group: within } : {}) }]
    const group = groups.get(wanted)
    if (group && !seen.has(wanted)) {
      seen.add(wanted)
      return group.members.flatMap((member) => targetsOf(member, within ?? group.email, seen))
    }
    if (group) return []
    return [isOurs(address) ? { kind: 'unknown', email: key(address) } : { kind: 'outside', email: key(address) }]
  }

  return {
    seed,
    users: () => [...users.values()],
    user: (address: string) => byAddress.get(key(address)),
    group: (address: string) => groups.get(withoutPlus(key(address))),
    person: (address: string): SeedPerson | undefined => people.get(key(address)),
    people: () => [...people.values()],
    archive: () => byAddress.get(key(seed.archive)),
    isOurs,
    targetsOf,
    sendAsOf,
  }
}

/** Addresses compare without case: Google folds them, local part included. */
export const key = (address: string) => address.trim().toLowerCase()

function sendAsOf(user: User): SendAs[] {
  const own = { email: user.email, name: user.name, verified: true, primary: true }
  const others = (user.sendAs ?? []).map((alias) => ({
    email: alias.email,
    name: alias.name ?? user.name,
    verified: alias.verified ?? true,
    primary: false,
  }))
  return [own, ...others]
}

const complete = (user: SeedUser, hd: string): User => ({
  ...user,
  email: key(user.email),
  sub: user.sub ?? accountNumber(user.email),
  hd,
})

const accountNumber = (email: string) => {
  const digest = createHash('sha256').update(key(email)).digest('hex').slice(0, 16)
  return `1${BigInt(`0x${digest}`).toString().padStart(20, '0')}`
}

const withoutPlus = (address: string) => address.replace(/\+[^@]*(?=@)/, '')
