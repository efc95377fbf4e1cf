import { z } from 'zod'
import { event } from '../../../platform/events.ts'

const Suspected = z.object({ mailboxId: z.uuid(), suspectedId: z.uuid() })

/** What Gmail held for spam becomes a ticket: somebody pressed so. */
export const spamReleased = event('spam.released', Suspected)
/** Somebody looked, and it is spam. */
export const spamConfirmed = event('spam.confirmed', Suspected)
/** Gmail, or somebody in Gmail, took it out of spam. */
export const spamCleared = event('spam.cleared', Suspected)
/** Gmail would not take its label off; the ticket is there all the same. */
export const spamLabelStayed = event('spam.label_stayed', Suspected)
