import { bulkOperationsResource } from '../bulk/operations.ts'
import { combine } from '../graphql/resource.ts'
import { customerResources } from './customers/index.ts'
import { disputesResource } from './disputes.ts'
import { eventsResource } from './events.ts'
import { giftCardResources } from './gift-cards/index.ts'
import { goodsResources } from './goods/index.ts'
import { metafieldResources } from './metafields/index.ts'
import { moneyResource } from './money.ts'
import { nodesResource } from './nodes.ts'
import { orderResources } from './orders/index.ts'
import { shopResource } from './shop.ts'
import { storeCreditResource } from './store-credit.ts'
import { tagsResource } from './tags.ts'
import { versionsResource } from './versions.ts'
import { webhookSubscriptionsResource } from './webhook-subscriptions.ts'

/** Every resource of the emulator; one import and one line each. */
export const resources = combine([
  moneyResource,
  nodesResource,
  shopResource,
  versionsResource,
  ...customerResources,
  ...goodsResources,
  ...giftCardResources,
  bulkOperationsResource,
  ...metafieldResources,
  tagsResource,
  storeCreditResource,
  eventsResource,
  disputesResource,
  webhookSubscriptionsResource,
  ...orderResources,
])
