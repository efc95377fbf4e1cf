import { createTicket, noteTicket } from '../../shared/tickets.ts'
import {
  addWebhook,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  type WebhookEvent,
} from '../../shared/webhooks.ts'
import { startDesk } from './desk.ts'
import { startReceiver } from './webhook-receiver.ts'

export type WebhookDesk = Awaited<ReturnType<typeof startWebhookDesk>>

/** A desk that may tell a program of this machine, and that program. */
export async function startWebhookDesk() {
  const desk = await startDesk({ env: { WEBHOOKS_TO_PRIVATE: 'true' } })
  const receiver = await startReceiver()
  const ada = () => desk.as('ada')
  let made = 0
  const { stop } = desk
  return Object.assign(desk, {
    receiver,
    /** A webhook with a path of its own, and what came to it. */
    async given(events: WebhookEvent[] = ['ticket.noted']) {
      const path = `/hook-${++made}`
      const body = { name: `Hook ${made}`, url: receiver.url + path, events }
      const { webhook, secret } = await ada().call(addWebhook, { body })
      return {
        id: webhook.id,
        secret,
        body,
        heard: () => receiver.at(path),
        messages: () => receiver.at(path).map(({ body: text }) => JSON.parse(text)),
        state: async () => (await ada().call(listWebhooks)).items.find(({ id }) => id === webhook.id),
        deliveries: async () =>
          (await ada().call(listWebhookDeliveries, { params: { webhookId: webhook.id }, query: {} })).items,
        remove: () => ada().call(removeWebhook, { params: { webhookId: webhook.id } }),
      }
    },
    async givenTicket(): Promise<string> {
      const body = {
        messageId: `<hook-${++made}@ada.example>`,
        subject: 'Jar',
        from: 'ada@ada.example',
        sentAt: desk.clock.now().toISOString(),
        text: 'Broken.',
      }
      return (await desk.as('nora').call(createTicket, { body })).id
    },
    /** Something that webhooks are told of. */
    async noted(ticketId: string): Promise<void> {
      await desk.as('nora').call(noteTicket, { params: { ticketId }, body: { text: 'A secret word' } })
      await desk.settle()
    },
    async stop(): Promise<void> {
      await receiver.close()
      await stop()
    },
  })
}
