import { mutation, query } from './operation.ts'

export const subscriptions = query(
  'WebhookSubscriptions',
  11,
  `query WebhookSubscriptions($after: String) {
  webhookSubscriptions(first: 100, after: $after) {
    nodes { id topic uri createdAt }
    pageInfo { hasNextPage endCursor }
  }
}`,
)

export const subscribe = mutation(
  'WebhookSubscribe',
  12,
  `mutation WebhookSubscribe($topic: WebhookSubscriptionTopic!, $subscription: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $subscription) {
    webhookSubscription { id topic uri createdAt }
    userErrors { field message }
  }
}`,
)

export const unsubscribe = mutation(
  'WebhookUnsubscribe',
  11,
  `mutation WebhookUnsubscribe($id: ID!) {
  webhookSubscriptionDelete(id: $id) {
    deletedWebhookSubscriptionId
    userErrors { field message }
  }
}`,
)
