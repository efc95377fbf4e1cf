import type { MailKind } from '../../../../shared/mail-rules.ts'
import { automaticSign } from '../automatic.ts'
import { type House, isOwnGroup } from '../house.ts'
import type { MailText } from '../parsing/parsed-mail.ts'
import { writerOf } from '../writer.ts'

/** Local parts of addresses behind which nobody reads. */
const NOBODY =
  /^(no[._-]?reply|do[._-]?not[._-]?reply|dont[._-]?reply|noreply[._-]?.*|.*[._-]no[._-]?reply|notifications?|notify|alerts?|mailer|mailings?|newsletters?|info-?service|automated|auto|robot|bot|system|updates?|tracking|shipment|delivery|service[._-]?benachrichtigung|ne-pas-repondre|no-contestar|nicht-antworten)([+.].*)?@/i

export const isNobody = (address: string): boolean => NOBODY.test(address)

/** What a mail is by rules: a newsletter is mail of a machine as well. */
export function kindsOf(mail: MailText, house: House): ReadonlySet<MailKind> {
  const kinds = new Set<MailKind>()
  const sign = automaticSign(mail, house)
  if (sign === 'bounce') kinds.add('bounce')
  if (isCalendarAnswer(mail)) kinds.add('calendar')
  else if (sign === 'auto_submitted' || sign === 'auto_response_suppressed') kinds.add('auto_reply')
  if (sign === 'list' || isNewsletter(mail, house)) kinds.add('newsletter')
  if (sign !== null || isNobody(writerOf(mail, house).address)) kinds.add('machine')
  return kinds
}

/**
 * Bulk mail that can be unsubscribed from. Shops put the same header into confirmations, so it counts with a second sign only. Our own
 * group adds a way to leave the group to all that it relays, which says nothing about the mail.
 */
function isNewsletter({ headers }: MailText, house: House): boolean {
  const relayed = isOwnGroup(house, headers['list-id'])
  const ways = (headers['list-unsubscribe'] ?? []).flatMap((header) => header.match(/<[^<>]+>/g) ?? [])
  const leaves = ways.some((way) => !relayed || !isOfGroup(way, house))
  const bulk = (headers.precedence ?? []).some((value) => /^(bulk|junk)/i.test(value.trim()))
  return leaves && (bulk || headers['list-unsubscribe-post'] !== undefined || headers['feedback-id'] !== undefined)
}

const isOfGroup = (way: string, house: House): boolean =>
  /googlegroups\.com|groups\.google\.com/i.test(way) ||
  [...house.domains].some((domain) => way.toLowerCase().includes(`@${domain}`))

const isCalendarAnswer = ({ calendarMethod }: MailText): boolean =>
  calendarMethod === 'REPLY' || calendarMethod === 'COUNTER'
