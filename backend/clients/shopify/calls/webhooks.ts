import { z } from 'zod'
import type { Ask, Tell } from '../asking.ts'
import * as operations from '../operations/webhooks.ts'
import { connection } from '../reading/values.ts'
import { type ShopSubscription, Subscription } from '../reading/webhook.ts'
import type { Lane } from '../throttling.ts'

const Subscriptions = z.object({ webhookSubscriptions: connection(Subscription) })
const Subscribed = z.object({ webhookSubscription: Subscription })
const Unsubscribed = z.object({ deletedWebhookSubscriptionId: z.string() })

/** What Shopify tells this app of, and where; errors as of `asker`. */
export function webhookCalls(ask: Ask, tell: Tell) {
  return {
    /** Every subscription of this app in the shop. */
    async subscriptions(lane: Lane): Promise<ShopSubscription[]> {
      const found: ShopSubscription[] = []
      let after: string | null = null
      do {
        const page: z.output<typeof Subscriptions> = await ask(operations.subscriptions, Subscriptions, {
          variables: { after },
          lane,
        })
        found.push(...page.webhookSubscriptions.items)
        after = page.webhookSubscriptions.next
      } while (after !== null)
      return found
    },

    /**
     * @param topic for example ORDERS_UPDATED
     * @param uri an https address
     * @param includeFields names of what a delivery may hold; left out, all that Shopify knows
     */
    async subscribe(topic: string, uri: string, lane: Lane, includeFields?: string[]): Promise<ShopSubscription> {
      const subscription = { uri, ...(includeFields && { includeFields }) }
      const { done } = await tell(operations.subscribe, Subscribed, { variables: { topic, subscription }, lane })
      return done.webhookSubscription
    },

    async unsubscribe(id: string, lane: Lane): Promise<void> {
      await tell(operations.unsubscribe, Unsubscribed, { variables: { id }, lane })
    },
  }
}
