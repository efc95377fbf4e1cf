import type { Work } from '../../../../shared/workforce.ts'
import type { Visit } from '../../settings/index.ts'
import { workStrip } from '../../workforce/index.ts'
import type { Clock } from '../panel/clock.ts'
import { HOME } from '../paths.ts'

/** Whoever is on a break is told so wherever they are, with the way back; nobody else is kept from the ticket. */
export const breakView = (visit: Pick<Visit, 'formToken'>, work: Work | null, { zone, now }: Clock) =>
  work?.session?.onBreak ? workStrip(visit, work, { now, zone, from: HOME }) : null
