import type { TrustSign } from '../../../../shared/trust.ts'
import { domainOf, emailKey } from '../../settings/index.ts'
import { type House, isInside, isMailbox, plainKey } from '../house.ts'
import type { MailText, Person } from '../parsing/parsed-mail.ts'
import { isProvider } from './providers.ts'
import {
  beginsLike,
  hasOtherEnding,
  isDisguised,
  LETTERS,
  localOf,
  looksLike,
  readable,
  shapeOfText,
} from './shapes.ts'

/** Who may be imitated: the team by name, and addresses that mail was proved to come from. */
export type Imitated = { teamNames: ReadonlySet<string>; knownSenders: readonly string[] }

export type Tricks = { signs: TrustSign[]; looksLike: string | null; replyTo: string | null }

/**
 * Tricks of a mail that is not ours. They are told and decide nothing: a friend's new address looks the same.
 * @param from who wrote it, groups resolved
 */
export function tricksOf(mail: MailText, from: Person, house: House, { teamNames, knownSenders }: Imitated): Tricks {
  const key = emailKey(from.address)
  const domain = domainOf(key)
  const outside = !isInside(house, key) && !isMailbox(house, key)
  const own = outside ? [...house.domains].find((ours) => isLikeOurs(domain, ours)) : undefined
  const known = outside && own === undefined ? likeAmong(key, knownSenders) : undefined
  const replyTo = outside ? elsewhere(mail, from, house) : undefined
  const named = outside ? otherAddressIn(from) : undefined
  const signs: [TrustSign, boolean][] = [
    ['team_name', outside && isOfTeam(from.name, teamNames)],
    ['like_own_domain', own !== undefined],
    ['like_known_sender', known !== undefined],
    ['address_as_name', named !== undefined],
    ['disguised_domain', isDisguised(domain)],
    ['reply_to_elsewhere', replyTo !== undefined],
  ]
  return {
    signs: signs.filter(([, shows]) => shows).map(([sign]) => sign),
    looksLike: own ?? known ?? null,
    replyTo: replyTo ?? null,
  }
}

/** Our name may stand under another ending, or in front of another name; of customers' houses that happens honestly. */
const isLikeOurs = (domain: string, ours: string): boolean =>
  looksLike(domain, ours, LETTERS.ours) ||
  beginsLike(domain, ours) ||
  (hasOtherEnding(domain, ours, LETTERS.ours) && !isProvider(domain))

/** How names are compared: as a hurried reader sees them. */
export const nameKey = (name: string): string =>
  shapeOfText(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** `Weidner, Clara` is Clara Weidner, and a name of several words counts with more around it: `Clara Weidner (support)`. */
function isOfTeam(name: string, team: ReadonlySet<string>): boolean {
  const keys = [name, name.replace(/^([^,]+),([^,]+)$/, '$2 $1')].map(nameKey)
  return keys.some(
    (key) => team.has(key) || [...team].some((one) => one.includes(' ') && ` ${key} `.includes(` ${one} `)),
  )
}

/** An address that stands where the name does, and is not the sender's: programs on phones show nothing else. */
function otherAddressIn({ name, address }: Person): string | undefined {
  const found = /[^\s<>()[\]"',;:@]{1,64}@[^\s<>()[\]"',;:@]{1,250}\.[a-z]{2,}/iu.exec(name.normalize('NFKC'))?.[0]
  return found !== undefined && plainKey(found) !== plainKey(address) ? found : undefined
}

/** Customers of two large providers may have one name at both. */
const likeAmong = (key: string, known: readonly string[]): string | undefined => {
  const domain = domainOf(key)
  if (known.includes(key)) return undefined // proved before: no imitation of anybody
  return known.find((one) => {
    const model = domainOf(one)
    if (localOf(one) !== localOf(key) || (isProvider(domain) && isProvider(model))) return false
    return looksLike(domain, model, LETTERS.theirs) || readable(domain) === readable(model)
  })
}

/** Where the mail wants its answer, when that is another house than its sender's; at a large provider every address is a house. */
function elsewhere({ replyTo }: MailText, { address: sender }: Person, house: House): string | undefined {
  const domain = domainOf(emailKey(sender))
  const other = replyTo.find(({ address }) => {
    const wanted = domainOf(emailKey(address))
    if (isInside(house, address) || isMailbox(house, address)) return false
    return wanted === domain ? isProvider(domain) && plainKey(address) !== plainKey(sender) : !isKin(wanted, domain)
  })
  return other?.address
}

/** `mail.shop.example` and `shop.example` are one house. */
const isKin = (one: string, other: string): boolean => one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
