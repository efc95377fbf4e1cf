import { z } from 'zod'
import { event } from '../../platform/events.ts'

const between = z.object({ handoverId: z.uuid(), fromId: z.uuid(), toId: z.uuid() })

/** All that moved at once. The line with it is kept sealed, in its row. */
export const workHandedOver = event('work.handed_over', between.extend({ tickets: z.int() }))
/** The same on the record of each ticket. */
export const ticketHandedOver = event('ticket.handed_over', between.extend({ ticketId: z.uuid() }))
/** Somebody's work ended and this much of it is open. `sessionId`: null for who was sent away while they were not logged in. */
export const workLeft = event(
  'work.left_open',
  z.object({ leavingId: z.uuid(), staffId: z.uuid(), sessionId: z.uuid().nullable(), tickets: z.int() }),
)
