import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofClaim = z.object({ ticketId: z.uuid(), claimId: z.uuid(), staffId: z.uuid() })

export const claimTaken = event('claim.taken', ofClaim)
export const claimReleased = event('claim.released', ofClaim)
/** Taken from `fromId`, with a word to them. */
export const claimTakenOver = event('claim.taken_over', ofClaim.extend({ takeoverId: z.uuid(), fromId: z.uuid() }))
/** `answeredById` answered the customer while `staffId` was on it, null when nothing names them; said once for a claim. */
export const claimDoubled = event(
  'claim.doubled',
  ofClaim.extend({ messageId: z.uuid(), answeredById: z.uuid().nullable() }),
)
/** `staffId` was on a ticket that went into this one, which `holderId` is on. */
export const claimYielded = event('claim.yielded', ofClaim.extend({ otherId: z.uuid(), holderId: z.uuid() }))
