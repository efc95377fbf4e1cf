import type { Shop } from '../../shop.ts'
import type { DraftRecord } from '../../store/records/drafts.ts'
import { addressPayload } from './addresses.ts'
import { propertiesOf } from './lines.ts'
import { from, type Payload, same } from './payload.ts'
import { amount, localTime, numberOf } from './wire.ts'

export const draftPayloads = {
  ...same(['DRAFT_ORDERS_CREATE', 'DRAFT_ORDERS_UPDATE'], from<DraftRecord>(draftPayload)),
  DRAFT_ORDERS_DELETE: from<DraftRecord>((_, { id }) => ({ id: numberOf(id) })),
}

function draftPayload(shop: Shop, draft: DraftRecord): Payload {
  return {
    id: numberOf(draft.id),
    admin_graphql_api_id: draft.id,
    name: draft.name,
    status: draft.status.toLowerCase(),
    note: draft.note,
    email: draft.email,
    tags: draft.tags.join(', '),
    currency: draft.currency,
    order_id: numberOf(draft.orderId),
    created_at: localTime(shop, draft.createdAt),
    updated_at: localTime(shop, draft.updatedAt),
    completed_at: localTime(shop, draft.completedAt),
    shipping_address: addressPayload(draft.shippingAddress),
    line_items: draft.lines.map((line) => ({
      id: numberOf(line.id),
      admin_graphql_api_id: line.id,
      title: line.title,
      variant_id: numberOf(line.variantId),
      quantity: line.quantity,
      price: amount(line.unitPrice.shop),
      properties: propertiesOf(line.customAttributes),
    })),
  }
}
