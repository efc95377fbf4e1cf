import webPush from 'web-push'
import { type Answered, postWebhook } from '../webhooks/index.ts'
import type { PushKeys } from './keys.ts'
import { type VapidKey, vapidHeader } from './vapid.ts'

/** Where a browser is reached, and the keys with which only it can read. */
export type Subscription = PushKeys & { endpoint: string }

export type PushMessage = {
  text: string
  /** Of two with the same topic (32 characters of base64url at most) that wait at the service the later one is shown. */
  topic: string
  /** Seconds that the service keeps it for a browser that is not there. */
  keepSeconds: number
}

type From = {
  key: VapidKey
  contact: string
  at: Date
  /** Lets it go to plain http and to addresses that are not public. */
  toPrivate: boolean
}

/**
 * Hands one push to the service of a browser: https://www.rfc-editor.org/rfc/rfc8030, encrypted by RFC 8291 for that browser alone. The
 * address came from a browser, so it is guarded as that of a webhook.
 * @returns how it ended; never throws for what the other side does
 */
export async function sendPush(
  { endpoint, p256dh, auth }: Subscription,
  { text, topic, keepSeconds }: PushMessage,
  from: From,
): Promise<Answered> {
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, text, {
    TTL: keepSeconds,
    topic,
    urgency: 'high',
    headers: { Authorization: await vapidHeader(endpoint, from.key, from) },
  })
  return postWebhook(endpoint, { headers, body }, from)
}
