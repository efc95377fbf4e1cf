import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofTask = {
  taskId: z.uuid(),
  /** Of a ticket's task; `customerId` is of a customer's. */
  ticketId: z.uuid().nullable(),
  customerId: z.uuid().nullable(),
}

export const taskMade = event('task.made', z.object({ ...ofTask, assigneeId: z.uuid().nullable() }))
/** Words and day, or who has it. */
export const taskChanged = event('task.changed', z.object({ ...ofTask, assigneeId: z.uuid().nullable() }))
export const taskDone = event('task.done', z.object(ofTask))
export const taskReopened = event('task.reopened', z.object(ofTask))
