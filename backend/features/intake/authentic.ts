import { domainOf } from '../settings/index.ts'
import { withoutComments } from './comments.ts'
import { type House, isForm, isOwnGroup } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { GOOGLE } from './trust/verdict.ts'
import { writerOf } from './writer.ts'

/**
 * Whether a mail is proved to come from the domain it claims: Google says that we sent it (label SENT of the archive account), or
 * Google's own verdict, which stands on top, passed the domain of the writer. Our group passes mail on in its own name, so what it
 * relayed must have passed where it came in, too: a relayed forgery would pass by the group's address.
 * What is known of Google's headers and what is not: docs/decisions/007-who-wrote-it.md.
 */
export function isAuthentic(mail: MailText, house: House, labels: readonly string[]): boolean {
  if (labels.includes('SENT')) return true
  const { headers, from } = mail
  const writer = writerOf(mail, house).address
  if (from !== null && from.address !== writer && isForm(house, from.address)) return false // who fills in a form writes what they like
  const domain = domainOf(writer)
  const [top = ''] = headers['authentication-results'] ?? []
  const entered = headers['x-original-authentication-results'] ?? []
  if (entered.length === 0 && headers['list-id'] === undefined) return proves(top, domain)
  const relayedByUs = isOwnGroup(house, headers['list-id'])
  const arrived = proves(top, domain) || (relayedByUs && from !== null && proves(top, domainOf(from.address)))
  return arrived && entered.length > 0 && entered.every((verdict) => proves(verdict, domain))
}

/**
 * Whether a verdict of Google passed exactly this domain: by DMARC, or by a DKIM signature or an envelope sender of its own.
 * Quoted words are a stranger's choice and may look like results, so a verdict that holds any proves nothing.
 */
export function proves(verdict: string, domain: string): boolean {
  const [server = '', ...results] = withoutComments(verdict).toLowerCase().split(';')
  if (server.trim() !== GOOGLE || domain === '' || /["\\]/.test(verdict)) return false
  const methods = results.map((result) => result.trim().split(/\s+/))
  const dmarc = methods.filter(([method]) => method?.startsWith('dmarc='))
  if (dmarc.length > 0)
    return dmarc.every(([method, ...about]) => method === 'dmarc=pass' && about.includes(`header.from=${domain}`))
  return methods.some(
    ([method, ...about]) =>
      (method === 'dkim=pass' && about.some((fact) => isOf(fact, ['header.i=', 'header.d='], domain))) ||
      (method === 'spf=pass' && about.some((fact) => isOf(fact, ['smtp.mailfrom='], domain))),
  )
}

/** `header.i=@shop.example`, `smtp.mailfrom=ada@shop.example`, `header.d=shop.example` */
const isOf = (fact: string, names: readonly string[], domain: string) =>
  names.some((name) => fact.startsWith(name) && fact.slice(name.length).split('@').at(-1) === domain)
