import { z } from 'zod'
import { event } from '../../platform/events.ts'

export const availabilityChanged = event(
  'availability.changed',
  z.object({ staffId: z.uuid(), available: z.boolean(), handBack: z.boolean() }),
)
