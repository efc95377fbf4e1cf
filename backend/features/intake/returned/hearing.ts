import { emailKey } from '../../settings/index.ts'
import { automaticSign } from '../automatic.ts'
import type { Ending } from '../desk.ts'
import type { House } from '../house.ts'
import type { Attempt } from '../preparing.ts'
import { writerOf } from '../writer.ts'

/** Look-up keys of people who wrote among these mails: mail to them arrives again. A machine's word proves nothing of the kind. */
export const heardAmong = (house: House, attempts: readonly Attempt[], endings: readonly Ending[]): string[] =>
  attempts.flatMap((attempt, at) => {
    const outcome = endings[at]?.outcome
    if (attempt.kind !== 'parsed' || (outcome !== 'ticket' && outcome !== 'joined')) return []
    return automaticSign(attempt.mail, house) === null ? [emailKey(writerOf(attempt.mail, house).address)] : []
  })
