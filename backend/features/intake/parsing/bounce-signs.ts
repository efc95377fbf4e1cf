import type { ParsedMail } from './parsed-mail.ts'

type Signs = Pick<ParsedMail, 'headers' | 'from' | 'subject'>

const BOUNCERS =
  /^(mailer-?daemon|post_?master|mail[._-]?delivery([._-]?(subsystem|system))?|microsoftexchange[0-9a-f]{20,})([+.].*)?@/i

/** How reports begin their subjects; a person who forwards one puts something before it. */
const SUBJECTS =
  /^(undeliver(ed|able)|delivery (status notification|failure|has failed|delayed|report|notification)|mail (delivery|system error|could not|returned)|returned mail|failure notice|warning: (could not send|message)|message (delivery|could not|you sent)|unzustellbar|nicht zustellbar|non remis|échec de|no se puede entregar|onbestelbaar|non recapitabile|mancato recapito)/i

/** Local parts of systems; with a subject like that, one of them reports. */
const SYSTEMS =
  /^(system|administrator|admin|mailsystem|mail|mta|smtp|bounces?|daemon|qmail|noreply|no-reply)([+._-].*)?@/i

/**
 * Whether a mail reports what became of another one (RFC 3464, or in its own words). An empty Return-Path alone proves nothing
 * (facts/mail.md 2.5), nor do words of a subject alone.
 */
export function reportsDelivery({ headers, from, subject }: Signs): boolean {
  const type = headers['content-type']?.[0]?.toLowerCase() ?? ''
  if (/^multipart\/report/.test(type))
    return !/report-type\s*=\s*"?(disposition-notification|feedback-report)/.test(type)
  const address = from?.address ?? ''
  if (headers['x-failed-recipients'] || BOUNCERS.test(address)) return true
  return SUBJECTS.test(subject.trim()) && (hasEmptyReturnPath({ headers }) || SYSTEMS.test(address))
}

/** Nobody wants an answer: what reports and many automatic answers have. */
export const hasEmptyReturnPath = ({ headers }: Pick<Signs, 'headers'>): boolean =>
  headers['return-path']?.[0]?.trim() === '<>'
