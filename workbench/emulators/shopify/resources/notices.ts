import type { Shop } from '../shop.ts'
import type { Change } from '../store/entries.ts'
import type { Gid } from '../store/records/ids.ts'
import type { NoticeKind } from '../store/records/shop.ts'

const WORDS: Record<NoticeKind, string> = {
  'order-receipt': 'Order receipt',
  'order-cancelled': 'Cancellation notice',
  'order-edited': 'Edit notice',
  refund: 'Refund notice',
  'gift-card': 'Gift card',
}

/** Shopify tells a customer something, where there is somebody to tell: the mail itself is a line of the ledger. */
export const noticeOf = (
  shop: Shop,
  what: NoticeKind,
  to: string | null,
  about: { subjectId: Gid; by: string | null },
): Change[] => (to ? [shop.effect('notice', { ...about, words: `${WORDS[what]} to ${to}`, notice: { what, to } })] : [])
