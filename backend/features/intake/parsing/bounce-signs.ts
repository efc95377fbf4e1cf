import type { ParsedMail } from './parsed-mail.ts'

type Signs = Pick<ParsedMail, 'headers' | 'from' | 'subject' | 'text'>

const BOUNCERS =
  /^(mailer-?daemon|post_?master|mail[._-]?delivery([._-]?(subsystem|system))?|microsoftexchange[0-9a-f]{20,})([+.].*)?@/i

/** How reports begin their subjects; a person who forwards one puts something before it. */
const SUBJECTS =
  /^(undeliver(ed|able)|delivery (status notification|failure|has failed|delayed|report|notification)|mail (delivery|system error|could not|returned)|returned mail|failure notice|warning: (could not send|message)|message (delivery|could not|you sent)|unzustellbar|nicht zustellbar|non remis|échec de|no se puede entregar|onbestelbaar|non recapitabile|mancato recapito)/i

/** Local parts of systems, which people have as well: mail@ and admin@ are somebody's own address often enough. */
const SYSTEMS =
  /^("?system administrator"?|system|administrator|admin|post_?master|mailsystem|mail|mta|smtp|bounces?|m?daemon|imss|qmail|noreply|no-reply|.{0,40}(anti-?virus|mail-?scan|gateway).{0,40})([+._\\-].*)?@/i

/** What such a system puts somewhere into a subject. */
const SUBJECT_WORDS =
  /(undeliver|deliver(y|ing)? (status|fail|delay|warning|report|notification|error)|mail delivery|(could|can)(not| not) be delivered|not delivered|returned (mail|message)|(user|recipient|address) unknown|unknown (user|recipient|address)|unzustellbar|nicht zustellbar|non remis|onbestelbaar)/i

/** What only servers speak of: parcels are late, too, and customers write of it. */
const SERVER_WORDS =
  /(\b[45]\.\d{1,3}\.\d{1,3}\b|\b[45][0-5]\d[ -](?=[45]\.|[a-z<])|recipients?\b|user unknown|unknown user|no such user|mail ?box|\bsmtp\b|mail (server|system|queue|gateway)|quota|empfänger|postfach|destinataire|destinatario|ontvanger)/i

/**
 * Whether a mail reports what became of another one (RFC 3464, or in its own words). An empty Return-Path alone proves nothing
 * (facts/mail.md 2.5), nor do words of a subject alone: a system's address counts when its text speaks as servers do and names somebody.
 */
export function reportsDelivery(mail: Signs): boolean {
  const { headers, from, subject } = mail
  const type = headers['content-type']?.[0]?.toLowerCase() ?? ''
  if (/^multipart\/report/.test(type))
    return !/report-type\s*=\s*"?(disposition-notification|feedback-report)/.test(type) || isRejected(mail)
  const address = from?.address ?? ''
  if (headers['x-failed-recipients'] || BOUNCERS.test(address)) return true
  if (SUBJECTS.test(subject.trim()) && hasEmptyReturnPath(mail)) return true
  return (address === '' || SYSTEMS.test(address)) && SUBJECT_WORDS.test(subject) && speaksAsServer(mail)
}

/** A receipt by which a server says that it kept the mail from its reader (RFC 5429). */
const isRejected = ({ headers }: Pick<Signs, 'headers'>): boolean =>
  /\(rejected\)/i.test(headers['auto-submitted']?.[0] ?? '')

/** Characters of the text that are looked at. */
const LOOKED_AT = 4_000

function speaksAsServer({ text, from }: Pick<Signs, 'text' | 'from'>): boolean {
  const words = text.slice(0, LOOKED_AT)
  if (!SERVER_WORDS.test(words)) return false
  const own = from?.address.toLowerCase()
  return [...words.matchAll(/[^\s<>@:;,"'()[\]]{1,64}@[a-z0-9][a-z0-9.-]{1,250}/gi)].some(
    ([address]) => address.toLowerCase().replace(/\.$/, '') !== own,
  )
}

/** Nobody wants an answer: what reports and many automatic answers have. Systems that store mail write MAILER-DAEMON for it. */
export const hasEmptyReturnPath = ({ headers }: Pick<Signs, 'headers'>): boolean =>
  /^<(mailer-daemon(@[^<>\s]*)?)?>$/i.test(headers['return-path']?.[0]?.trim() ?? '')
