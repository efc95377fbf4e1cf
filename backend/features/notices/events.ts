import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofStaff = z.object({ staffId: z.uuid() })

/** Somebody chose what reaches them. */
export const noticesChosen = event('notices.chosen', ofStaff)

const ofBrowser = ofStaff.extend({ subscriptionId: z.uuid() })
export const pushSwitchedOn = event('push.switched_on', ofBrowser)
/** gone: its push service does not know it any more · hand: they took it away · moved: somebody else uses this browser now */
export const pushSwitchedOff = event('push.switched_off', ofBrowser.extend({ why: z.enum(['gone', 'hand', 'moved']) }))
