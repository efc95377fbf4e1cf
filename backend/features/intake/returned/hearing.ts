import { domainOf, emailKey } from '../../settings/index.ts'
import { automaticSign } from '../automatic.ts'
import type { Ending } from '../desk.ts'
import type { House } from '../house.ts'
import type { MailText } from '../parsing/parsed-mail.ts'
import type { Attempt } from '../preparing.ts'
import { verdictOf } from '../trust/verdict.ts'
import { writerOf } from '../writer.ts'

/**
 * Look-up keys of people who wrote among these mails: mail to them arrives again. A machine's word proves nothing of the kind, nor does a
 * mail of which their domain says that it is not from there.
 */
export const heardAmong = (house: House, attempts: readonly Attempt[], endings: readonly Ending[]): string[] =>
  attempts.flatMap((attempt, at) => {
    const outcome = endings[at]?.outcome
    if (attempt.kind !== 'parsed' || (outcome !== 'ticket' && outcome !== 'joined')) return []
    const { address } = writerOf(attempt.mail, house)
    return automaticSign(attempt.mail, house) === null && !isDisowned(attempt.mail, address) ? [emailKey(address)] : []
  })

const isDisowned = ({ headers }: MailText, address: string): boolean =>
  verdictOf(headers['authentication-results']?.[0] ?? '', domainOf(address)).dmarc === 'fail'
