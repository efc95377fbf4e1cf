import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofView = z.object({ savedViewId: z.uuid(), scope: z.enum(['workspace', 'own']) })
export const savedViewWritten = event('saved_view.written', ofView)
export const savedViewDeleted = event('saved_view.deleted', ofView)

const ofTicket = z.object({ ticketId: z.uuid() })
/** `seconds` until it comes back by itself; null until the customer writes. */
export const ticketSnoozed = event('ticket.snoozed', ofTicket.extend({ seconds: z.int().nullable() }))
export const ticketWoken = event(
  'ticket.woken',
  ofTicket.extend({ why: z.enum(['time', 'answer', 'hand', 'ended', 'merged']) }),
)
export const reminderSet = event('reminder.set', ofTicket.extend({ reminderId: z.uuid(), staffId: z.uuid() }))
export const reminderDone = event('reminder.done', ofTicket.extend({ reminderId: z.uuid(), staffId: z.uuid() }))

const ofBulk = z.object({ bulkActId: z.uuid() })
export const bulkActStarted = event(
  'bulk_act.started',
  ofBulk.extend({ kind: z.enum(['assign', 'status', 'priority', 'tag', 'category', 'merge']), tickets: z.int() }),
)
export const bulkActEnded = event('bulk_act.ended', ofBulk.extend({ done: z.int(), failed: z.int() }))
export const bulkActUndone = event('bulk_act.undone', ofBulk.extend({ undone: z.int(), left: z.int() }))
