import { createHmac, randomUUID } from 'node:crypto'
import type { SeedApp } from '../seed.ts'
import type { Shop } from '../shop.ts'
import type { Gid, Instant } from '../store/records/ids.ts'
import { topicPath } from './topic.ts'

/** One webhook on its way to one address: the same bytes at every attempt. */
export interface Delivery {
  /** X-Shopify-Webhook-Id. */
  id: string
  /** The same for every delivery of one event. */
  eventId: string
  topic: string
  shop: string
  clientId: string
  uri: string
  /** Nothing for the privacy topics, which belong to the app itself. */
  subscriptionId: Gid | null
  body: string
  triggeredAt: Instant
  /** Due at this instant in milliseconds; null when it ended. */
  dueAt: number | null
  outcome: 'waiting' | 'taken' | 'lost' | 'given-up'
  attempts: { at: Instant; answer: string }[]
}

export interface Event {
  topic: string
  payload: Record<string, unknown>
  eventId: string
}

export const deliveryOf = (
  shop: Shop,
  { topic, payload, eventId }: Event,
  target: { uri: string; clientId: string; subscriptionId: Gid | null },
): Delivery => ({
  id: randomUUID(),
  eventId,
  topic,
  shop: shop.domain,
  ...target,
  body: JSON.stringify(payload),
  triggeredAt: shop.at(),
  dueAt: shop.now().getTime(),
  outcome: 'waiting',
  attempts: [],
})

/** Tells what the endpoint answered: its status, or why there was none. */
export async function send(
  delivery: Delivery,
  { app, uri, timeoutMs, closing }: { app: SeedApp; uri: string; timeoutMs: number; closing: AbortSignal },
): Promise<string> {
  if (!isLoopback(uri)) return 'not sent: the emulator calls this machine alone'
  try {
    const response = await fetch(uri, {
      method: 'POST',
      body: delivery.body,
      headers: headersOf(delivery, app),
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), closing]),
    })
    await response.arrayBuffer()
    return String(response.status)
  } catch (error) {
    return (error as { name?: string }).name === 'TimeoutError' ? 'no answer in time' : 'no connection'
  }
}

const headersOf = (delivery: Delivery, app: SeedApp) => ({
  'content-type': 'application/json',
  'user-agent': 'Shopify-Captain-Hook',
  'x-shopify-topic': topicPath(delivery.topic),
  'x-shopify-hmac-sha256': createHmac('sha256', app.clientSecret).update(delivery.body).digest('base64'),
  'x-shopify-shop-domain': delivery.shop,
  'x-shopify-api-version': '2026-10',
  'x-shopify-webhook-id': delivery.id,
  'x-shopify-event-id': delivery.eventId,
  'x-shopify-triggered-at': delivery.triggeredAt,
})

const isLoopback = (uri: string) =>
  URL.canParse(uri) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(uri).hostname)
