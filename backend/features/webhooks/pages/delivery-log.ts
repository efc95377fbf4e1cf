import type { WebhookDelivery } from '../../../../shared/webhooks.ts'
import { html } from '../../../platform/html.ts'
import { formToken, timeIn, type Visit } from '../../settings/index.ts'

type Page = { items: WebhookDelivery[]; next: string | null }

/** What was sent, how often, and what was answered. */
export const log = (visit: Visit, path: string, zone: string, { items, next }: Page) => html`
  <h2>Sent</h2>
  ${items.length === 0 && html`<p class="soft">Nothing yet.</p>`}
  ${items.map((delivery) => section(visit, path, zone, delivery))}
  ${next && html`<p><a class="button" href=${`${path}?${new URLSearchParams({ cursor: next })}`}>Earlier</a></p>`}`

const STATE_WORDS = { waiting: 'waits', done: 'came through', failed: 'did not come through' } as const

const section = (visit: Visit, path: string, zone: string, delivery: WebhookDelivery) => {
  const { id, type, state, createdAt, nextAt, attempts } = delivery
  const when = timeIn(zone, new Date(createdAt))
  return html`
    <section aria-label=${`${type}, ${when}`}>
      <p><strong>${type}</strong>, ${when}:
        <span class=${state === 'failed' ? 'bad' : 'soft'}> ${STATE_WORDS[state]}${nextAt && attempts.length > 0 && `, again at ${timeIn(zone, new Date(nextAt))}`}</span></p>
      ${attempts.length > 0 && html`<ul>${attempts.map((attempt) => line(zone, attempt))}</ul>`}
      <form method="post" action=${`${path}/deliveries/${id}/repetition`}>${formToken(visit)}<button class="quiet">Send again</button></form>
    </section>`
}

const PROBLEM_WORDS = {
  private_address: 'the address is not on the internet',
  no_address: 'the name leads nowhere',
  timeout: 'no answer within 10 seconds',
  no_connection: 'no connection',
  no_tls: 'its certificate is not valid',
} as const

const line = (zone: string, { attempt, at, status, problem, ms, answer }: WebhookDelivery['attempts'][number]) => html`
  <li>${attempt}. ${timeIn(zone, new Date(at))}: ${status ?? (problem && PROBLEM_WORDS[problem])} <span class="soft">(${ms} ms)</span>
    ${answer && html`<br /><code>${answer}</code>`}</li>`
