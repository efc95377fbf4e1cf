import { z } from 'zod'
import { EndedHow } from '../../../shared/workforce.ts'
import { event } from '../../platform/events.ts'

const ofSession = z.object({ staffId: z.uuid(), sessionId: z.uuid() })
const ofBreak = ofSession.extend({ kind: z.string() })

export const workBegan = event('work.began', ofSession)
export const workEnded = event('work.ended', ofSession.extend({ how: EndedHow }))
/** Works on after the end of their shift, and says so. */
export const workStayed = event('work.stayed', ofSession)
export const breakBegan = event('break.began', ofBreak)
export const breakEnded = event('break.ended', ofBreak.extend({ seconds: z.int(), allowedSeconds: z.int() }))
/** What the times were and became is kept sealed, in the row of the correction. */
export const workCorrected = event('work.corrected', ofSession.extend({ correctionId: z.uuid() }))
/** From now on tickets are given only to who is logged in, or to everybody who says so. */
export const workRequirementChanged = event('work.requirement_changed', z.object({ required: z.boolean() }))
