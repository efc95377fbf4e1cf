import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Shop } from '../../shop.ts'
import type { GiftCardRecord } from '../../store/records/gift-cards.ts'
import type { Gid, Instant } from '../../store/records/ids.ts'
import { customerIn } from '../customers/standing.ts'

export interface RecipientInput {
  id: Gid
  message?: string | null
  preferredName?: string | null
  sendNotificationAt?: Instant | null
}

export const giftOf = (input: RecipientInput | null | undefined): Pick<GiftCardRecord, 'gift'> =>
  input
    ? {
        gift: {
          message: input.message ?? null,
          preferredName: input.preferredName ?? null,
          sendAt: input.sendNotificationAt ?? null,
        },
      }
    : {}

export function recipientError(shop: Shop, input: RecipientInput | null | undefined): UserError | null {
  if (!input) return null
  const { preferredName, message, sendNotificationAt } = input
  if ((preferredName?.length ?? 0) > 255)
    return error('preferredName', 'preferredName is too long (maximum is 255)', 'TOO_LONG')
  if ((message?.length ?? 0) > 200) return error('message', 'message is too long (maximum is 200)', 'TOO_LONG')
  if (HTML.test(preferredName ?? ''))
    return error('preferredName', 'Preferred name cannot contain HTML tags', 'INVALID')
  if (HTML.test(message ?? '')) return error('message', 'Message cannot contain HTML tags', 'INVALID')
  if (sendNotificationAt && !isSoon(shop, sendNotificationAt))
    return error('sendNotificationAt', 'Send notification at must be within 90 days from now', 'INVALID')
  return customerIn(shop, input.id) ? null : error('id', 'The recipient could not be found.', 'RECIPIENT_NOT_FOUND')
}

const error = (field: string, message: string, code: string) =>
  userError(['input', 'recipientAttributes', field], message, code)

const HTML = /<[^>]+>/

function isSoon(shop: Shop, at: Instant): boolean {
  const ahead = Date.parse(at) - shop.now().getTime()
  return ahead >= 0 && ahead <= 90 * 24 * 3600 * 1000
}
