import type { Notice, Shop } from '../shop.ts'
import { appPayloads } from './payloads/apps.ts'
import { customerPayloads } from './payloads/customers.ts'
import { draftPayloads } from './payloads/drafts.ts'
import { fulfillmentPayloads } from './payloads/fulfillments.ts'
import { orderPayloads } from './payloads/orders.ts'
import type { Payload, PayloadOf } from './payloads/payload.ts'
import { paymentPayloads } from './payloads/payments.ts'
import { productPayloads } from './payloads/products.ts'

const payloads: Record<string, PayloadOf> = {
  ...orderPayloads,
  ...paymentPayloads,
  ...fulfillmentPayloads,
  ...customerPayloads,
  ...draftPayloads,
  ...productPayloads,
  ...appPayloads,
}

/**
 * The body of a webhook: Shopify's REST form, with numbers for ids, lower-case states, amounts as decimal strings and
 * times of the shop's own zone. Made when the change happens; every retry sends the same.
 */
export function payloadFor(shop: Shop, notice: Notice): Payload {
  const payloadOf = payloads[notice.topic]
  if (!payloadOf) throw new Error(`the emulator has no payload for ${notice.topic}`)
  return payloadOf(shop, notice)
}

/** What a subscription's includeFields leaves of a body; a dot reaches into an object or into each of a list. */
export function onlyFields(payload: Payload, includeFields: readonly string[]): Payload {
  if (includeFields.length === 0) return payload
  const names = new Map<string, string[]>()
  for (const field of includeFields) {
    const [name = '', ...rest] = field.split('.')
    names.set(name, [...(names.get(name) ?? []), ...(rest.length > 0 ? [rest.join('.')] : [])])
  }
  const kept = [...names].filter(([name]) => Object.hasOwn(payload, name))
  return Object.fromEntries(kept.map(([name, inner]) => [name, within(payload[name], inner)]))
}

function within(value: unknown, fields: string[]): unknown {
  if (fields.length === 0 || typeof value !== 'object' || value === null) return value
  return Array.isArray(value) ? value.map((one) => within(one, fields)) : onlyFields(value as Payload, fields)
}
