import { type Html, html } from '../../../../host/views/html.ts'
import type { SubscriptionRecord } from '../../store/records/shop.ts'
import type { Delivery } from '../../webhooks/delivery.ts'
import { topicPath } from '../../webhooks/topic.ts'
import { actForm, field, group } from './forms.ts'
import { badge, moment, table } from './frame.ts'

export interface WebhooksView {
  domain: string
  /** Newest first. */
  deliveries: Delivery[]
  subscriptions: SubscriptionRecord[]
  now: Date
}

/** What the shop told its apps, and what they answered. */
export const webhooksPage = ({ domain, deliveries, subscriptions, now }: WebhooksView): (Html | null)[] => [
  group('The way there', [
    actForm(domain, { name: 'lose', words: 'Lose them' }, [count('The next webhooks')]),
    actForm(domain, { name: 'double', words: 'Send them twice' }, [count('The next webhooks')]),
    actForm(domain, { name: 'keep', words: 'Keep all back' }),
    actForm(domain, { name: 'let-go', words: 'Let them go' }),
    actForm(domain, { name: 'let-go', words: 'Let them go, newest first', about: { reversed: 'yes' } }),
  ]),
  html`
    <section>
      ${table(
        'Deliveries since the start',
        ['When', 'What', 'State', 'Answers', 'Body'],
        deliveries.map((one) => [
          moment(one.triggeredAt, now),
          html`<code>${topicPath(one.topic)}</code>`,
          badge(one.outcome),
          one.attempts.map(({ answer }) => answer).join(', '),
          html`<details><summary>${one.body.length} bytes</summary><pre>${one.body}</pre></details>`,
        ]),
      )}
    </section>`,
  html`
    <section>
      ${table(
        'Subscriptions',
        ['What', 'Goes to', 'Since'],
        subscriptions.map(({ topic, uri, createdAt }) => [
          html`<code>${topicPath(topic)}</code>`,
          uri,
          moment(createdAt, now),
        ]),
      )}
    </section>`,
]

const count = (label: string) => field({ name: 'count', label, value: '1', type: 'number', min: 1, max: 1000 })
