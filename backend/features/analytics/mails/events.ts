import { z } from 'zod'
import { event } from '../../../platform/events.ts'

/** A report goes to people of the staff by mail. */
export const reportsMailed = event(
  'report.mailed',
  z.object({ reportMailId: z.uuid(), report: z.string(), count: z.int() }),
)
