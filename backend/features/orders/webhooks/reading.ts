import { z } from 'zod'

/** An id as deliveries write it: a number, its digits, or gid://shopify/Order/1001. */
const Id = z.union([z.int(), z.string()]).transform((given, context) => {
  const [, digits] = /(?:^|\/)(\d{1,18})$/.exec(String(given)) ?? []
  if (digits !== undefined) return BigInt(digits)
  context.addIssue('is no id of Shopify')
  return z.NEVER
})
const Instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))

const Told = z.object({
  id: Id.optional().catch(undefined),
  order_id: Id.nullish().catch(undefined),
  order: z.object({ id: Id }).nullish().catch(undefined),
  order_edit: z.object({ order_id: Id }).nullish().catch(undefined),
  fulfillment_order: z.object({ order_id: Id }).nullish().catch(undefined),
  updated_at: Instant.nullish().catch(undefined),
  admin_graphql_api_customer_kept_id: Id.optional().catch(undefined),
  admin_graphql_api_customer_deleted_id: Id.optional().catch(undefined),
})
export type Told = z.output<typeof Told>

/** The ids and times in a delivery; null when it is no JSON object. */
export function read(body: Buffer): Told | null {
  try {
    return Told.safeParse(JSON.parse(body.toString('utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** The order that a delivery is about, and Shopify's time of that change; null when it names none. */
export function orderOf(topic: string, told: Told | null): { shopifyId: bigint; changedAt: Date | null } | null {
  if (!told) return null
  const whole = topic.startsWith('orders/') && !told.order_edit
  const shopifyId = whole
    ? told.id
    : (told.order_id ?? told.order?.id ?? told.order_edit?.order_id ?? told.fulfillment_order?.order_id)
  return shopifyId ? { shopifyId, changedAt: (whole && told.updated_at) || null } : null
}
