import { z } from 'zod'
import { RETENTION_MODES } from '../../../shared/retention.ts'
import { event } from '../../platform/events.ts'

const Mode = z.enum(RETENTION_MODES)

export const ticketForgotten = event('ticket.forgotten', z.object({ ticketId: z.uuid(), runId: z.uuid(), mode: Mode }))
export const customerForgotten = event('customer.forgotten', z.object({ customerId: z.uuid(), runId: z.uuid() }))

/** A round began: by the rule of the workspace, or because somebody asked for one customer. */
export const forgettingStarted = event(
  'forgetting.started',
  z.object({ runId: z.uuid(), kind: z.string(), customerId: z.uuid().nullable(), reason: z.string().nullable() }),
)
export const forgettingEnded = event(
  'forgetting.ended',
  z.object({ runId: z.uuid(), kind: z.string(), customerId: z.uuid().nullable(), failed: z.int() }),
)

export const holdPlaced = event('hold.placed', z.object({ holdId: z.uuid(), about: z.string(), subjectId: z.uuid() }))
export const holdLifted = event('hold.lifted', z.object({ holdId: z.uuid(), about: z.string(), subjectId: z.uuid() }))

/** Everything that is kept of somebody was asked for, and taken away. Both are sensitive readings. */
export const customerExportAsked = event(
  'customer.export_asked',
  z.object({ customerId: z.uuid(), exportId: z.uuid() }),
)
export const customerExportReady = event(
  'customer.export_ready',
  z.object({ customerId: z.uuid(), exportId: z.uuid(), bytes: z.int() }),
)
export const customerExportTaken = event(
  'customer.export_taken',
  z.object({ customerId: z.uuid(), exportId: z.uuid() }),
)
