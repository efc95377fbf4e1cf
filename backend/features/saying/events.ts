import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofPromise = z.object({ ticketId: z.uuid(), promiseId: z.uuid() })

export const promiseFound = event('promise.found', ofPromise.extend({ messageId: z.uuid() }))
export const promiseConfirmed = event('promise.confirmed', ofPromise)
export const promiseDropped = event('promise.dropped', ofPromise)
/** An answer says other than what was done. */
export const saidOtherwise = event(
  'said.otherwise',
  z.object({ ticketId: z.uuid(), messageId: z.uuid(), differences: z.int() }),
)
