import { z } from 'zod'
import { event } from '../../platform/events.ts'

/** `acts`: what it changed, as codes with commas between them: `priority:urgent,tag`. */
export const ruleApplied = event(
  'rule.applied',
  z.object({ ticketId: z.uuid(), ruleId: z.uuid(), runId: z.uuid(), acts: z.string() }),
)
/** Something that the rule names is gone. */
export const rulePaused = event('rule.paused', z.object({ ruleId: z.uuid() }))
