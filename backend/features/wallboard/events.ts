import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofDisplay = z.object({ displayId: z.uuid() })

export const displayMade = event('display.made', ofDisplay)
export const displayRevoked = event('display.revoked', ofDisplay)
