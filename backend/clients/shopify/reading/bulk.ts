import { z } from 'zod'
import { Gid, Instant } from './values.ts'

export const BulkOperation = z.object({
  id: Gid,
  /** CREATED, RUNNING, COMPLETED, CANCELING, CANCELED, FAILED, EXPIRED. */
  status: z.string(),
  /** ACCESS_DENIED, INTERNAL_SERVER_ERROR, TIMEOUT. */
  errorCode: z.string().nullable(),
  createdAt: Instant,
  objectCount: z.coerce.number(),
  rootObjectCount: z.coerce.number(),
  /** The file, for a week after it was made; null when nothing was found. */
  url: z.string().nullable(),
})
export type ShopBulk = z.output<typeof BulkOperation>
