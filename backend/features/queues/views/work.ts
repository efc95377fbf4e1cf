import { Prisma } from '../../../generated/prisma/client.ts'

/** Open work, word for word as the partial indexes say. */
export const OPEN = Prisma.sql`t.status in ('new', 'open', 'pending', 'on_hold') and t.void_reason is null`

/** Snoozed tickets are out of the work views until they come back. */
export const AWAKE = Prisma.sql`t.snoozed_until is null`
