import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../../workbench/start/desk-api.ts'
import type { Shop } from './open-shop.ts'

/** Longer than a line of a phone, as people write. */
const NAME = 'Wholesale customers whose hamper arrived late or broken'

/** One of each that can be set, with long names, so that every page of the settings has something to show. */
export async function fillSettings({ workbench: { google, backend } }: Shop): Promise<void> {
  const wish = (path: string, body: object, method: 'POST' | 'PUT' = 'POST') =>
    callAs(google, `anton@${SHOP.domain}`, `${backend.url}/v1/${path}`, method, body)
  const none = { choices: [], categories: ['order', 'billing'], required: true, retired: false, position: 1 }
  await wish('fields', { ...none, about: 'ticket', kind: 'text', label: 'Number of the batch on the jar' })
  await wish('fields', {
    ...none,
    about: 'customer',
    kind: 'date',
    label: 'Anniversary',
    categories: [],
    required: false,
  })
  await wish('rules', {
    name: NAME,
    on: true,
    when: { on: 'event', event: 'ticket_created' },
    all: [{ about: 'subject', is: 'has', words: ['wholesale', 'stockist'] }],
    any: [],
    acts: [
      { do: 'tag', tags: ['wholesale'] },
      { do: 'priority', priority: 'high' },
    ],
  })
  await wish('webhooks', { name: 'Stock list', url: `${backend.url}/not-there`, events: ['ticket.created'] })
  await wish('saved-views', { name: NAME, scope: 'workspace', filter: { statuses: ['pending'] }, orderBy: 'due' })
  await callAs(google, `anton@${SHOP.domain}`, `${backend.url}/v1/rule-trials`, 'POST')
  const rules = (await callAs(google, `anton@${SHOP.domain}`, `${backend.url}/v1/sla-rules`, 'GET')) as {
    policies: { id: string }[]
  }
  const [first] = rules.policies
  const policy = { ...first, id: crypto.randomUUID(), name: NAME, categories: ['order'] }
  await wish('sla-rules', { ...rules, policies: [policy, ...rules.policies] }, 'PUT')
  await wish(
    'sla-trials',
    { name: 'Quick answers', rules: { ...rules, policies: [policy, ...rules.policies] } },
    'POST',
  )
}
