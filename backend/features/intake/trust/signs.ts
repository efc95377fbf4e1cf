import type { TrustSign } from '../../../../shared/trust.ts'
import { domainOf, emailKey } from '../../settings/index.ts'
import { type House, isInside, isMailbox } from '../house.ts'
import type { MailText, Person } from '../parsing/parsed-mail.ts'
import { isProvider } from './providers.ts'
import { isDisguised, LETTERS, localOf, looksLike, readable } from './shapes.ts'

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
  const own = outside ? [...house.domains].find((ours) => looksLike(domain, ours, LETTERS.ours)) : undefined
  const known = outside && own === undefined ? likeAmong(key, knownSenders) : undefined
  const replyTo = outside ? elsewhere(mail, domain, house) : undefined
  const signs: [TrustSign, boolean][] = [
    ['team_name', outside && teamNames.has(nameKey(from.name))],
    ['like_own_domain', own !== undefined],
    ['like_known_sender', known !== undefined],
    ['disguised_domain', isDisguised(domain)],
    ['reply_to_elsewhere', replyTo !== undefined],
  ]
  return {
    signs: signs.filter(([, shows]) => shows).map(([sign]) => sign),
    looksLike: own ?? known ?? null,
    replyTo: replyTo ?? null,
  }
}

/** How names are compared: as people read them. */
export const nameKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()

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

/** Where the mail wants its answer, when that is another house than its sender's. */
function elsewhere({ replyTo }: MailText, domain: string, house: House): string | undefined {
  const other = replyTo.find(({ address }) => {
    const wanted = domainOf(address)
    return wanted !== domain && !isKin(wanted, domain) && !isInside(house, address) && !isMailbox(house, address)
  })
  return other?.address
}

/** `mail.shop.example` and `shop.example` are one house. */
const isKin = (one: string, other: string): boolean => one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
