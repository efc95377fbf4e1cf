import { z } from 'zod'
import { FILE_FORMATS } from '../../../../shared/analytics.ts'
import { event } from '../../../platform/events.ts'

/** Figures, or rows that they are made of, left the desk as a file. What they were filtered by is not kept: it may name a customer. */
export const figuresExported = event(
  'figures.exported',
  z.object({
    /** tickets, actions, or the id of a report */
    what: z.string(),
    format: z.enum(FILE_FORMATS),
    from: z.iso.date(),
    to: z.iso.date(),
    filtered: z.boolean(),
  }),
)
