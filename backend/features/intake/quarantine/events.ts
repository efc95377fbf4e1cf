import { z } from 'zod'
import { event } from '../../../platform/events.ts'

const Quarantined = z.object({ mailboxId: z.uuid(), quarantinedId: z.uuid() })

/** A mail in quarantine is taken up again: by a press, or because another version of the desk may read it. */
export const quarantineRetried = event('quarantine.retried', Quarantined)
/** It could be filed after all. */
export const quarantineLeft = event('quarantine.left', Quarantined)
/** Somebody typed what it says, and made a ticket of it. */
export const quarantineByHand = event('quarantine.by_hand', Quarantined.extend({ ticketId: z.uuid() }))
/** A sensitive read: somebody was given the bytes of the mail. */
export const rawMailRead = event('quarantine.raw_read', Quarantined)
