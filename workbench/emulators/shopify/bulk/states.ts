import type { Shop } from '../shop.ts'
import type { BulkRecord } from '../store/records/shop.ts'
import { hasResult } from './files.ts'

const WEEK = 7 * 24 * 3600 * 1000

/** A result can be fetched for seven days; here also not after the emulator was started again. */
export function isExpired(shop: Shop, { completedAt, key, objectCount }: BulkRecord): boolean {
  if (!completedAt) return false
  const gone = objectCount > 0 && !hasResult(key ?? '')
  return gone || shop.now().getTime() - Date.parse(completedAt) > WEEK
}
