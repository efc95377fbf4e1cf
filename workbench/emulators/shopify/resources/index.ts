import { combine } from '../graphql/resource.ts'
import { customerResource } from './customers/customer.ts'
import { findingCustomers } from './customers/finding.ts'
import { moneyResource } from './money.ts'
import { nodesResource } from './nodes.ts'
import { orderResources } from './orders/index.ts'
import { shopResource } from './shop.ts'
import { versionsResource } from './versions.ts'
import { webhookSubscriptionsResource } from './webhook-subscriptions.ts'

/** Every resource of the emulator; one import and one line each. */
export const resources = combine([
  moneyResource,
  nodesResource,
  shopResource,
  versionsResource,
  customerResource,
  findingCustomers,
  webhookSubscriptionsResource,
  ...orderResources,
])
