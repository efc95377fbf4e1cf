import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { WEBHOOK_KEEPERS, WEBHOOK_READERS } from './roles.ts'

const Instant = z.iso.datetime()
const tags = ['webhooks']

/** What other programs may be told of, by the event's type: what it means. Add, never rename. */
export const WEBHOOK_EVENTS = {
  'ticket.created': 'A ticket was made',
  'ticket.assigned': 'A ticket was given to someone, or to nobody',
  'ticket.moved': 'A ticket moved to another status',
  'ticket.prioritised': 'A priority was set',
  'ticket.categorised': 'A category was set or cleared',
  'ticket.tagged': 'Tags were added or removed',
  'ticket.noted': 'A note was added',
  'ticket.mentioned': 'Somebody was named in a note',
  'ticket.language_set': 'The language of a customer was set',
  'ticket.voided': 'A ticket was taken out: spam, a duplicate, merged',
  'ticket.unvoided': 'A ticket was brought back',
  'ticket.first_responded': 'A ticket got its first answer',
  'ticket.snoozed': 'A ticket was put off',
  'ticket.woken': 'A ticket that was put off is back',
  'ticket.escalated': 'A ticket was escalated',
  'ticket.merged': 'A ticket was merged into another',
  'ticket.unmerged': 'A merge was taken back',
  'ticket.split': 'Messages were split off into a new ticket',
  'sla.warned': 'An answer is due soon',
  'sla.breached': 'An answer came too late, or did not come in time',
  'sla.met': 'An answer or a solution came in time',
  'sla.escalated': 'A late ticket was escalated by its policy',
  'claim.taken': 'Somebody is on a ticket',
  'claim.taken_over': 'Somebody took a ticket over',
  'claim.doubled': 'Two answers were sent while one person was on a ticket',
  'macro.used': 'A saved reply was used',
  'said.otherwise': 'An answer says other than what was done',
  'promise.found': 'An answer promises to be back by a time',
  'customer.reminded': 'A customer was asked whether they still need help',
  'thanks.refused': 'What was taken for thanks needs an answer',
  'ticket.field_set': 'A custom field of a ticket was filled in or emptied',
  'customer.field_set': 'A custom field of a customer was filled in or emptied',
  'customer.renamed': 'A customer has another name',
  'customer.joined': 'A customer without an address turned out to be another one',
  'task.made': 'A task was made',
  'task.changed': 'A task has another day, person or words',
  'task.done': 'A task is done',
  'task.reopened': 'A task is open again',
  'contact.logged': 'A call or a visit was logged',
  'bulk_act.ended': 'An act on many tickets is done',
  'availability.changed': 'Somebody is available, or not any more',
  'work.began': 'Somebody logged in',
  'work.ended': 'Somebody logged out, or was logged out',
  'break.began': 'Somebody went on a break',
  'break.ended': 'Somebody is back from a break',
  'work.handed_over': 'Somebody handed open work over',
  'work.left_open': 'Somebody’s work ended with something open',
  'ticket.handed_over': 'A ticket was handed over with what was open on it',
  'work.corrected': 'A supervisor corrected times of work',
  'shift.planned': 'A day of somebody was planned by hand',
  'shift.imported': 'A file of shifts was saved',
  'shift_template.given': 'Somebody was given a template of shifts',
  'shift_template.ended': 'A template of shifts ends for somebody',
  'leave.added': 'Somebody has leave',
  'leave.removed': 'Leave was taken back',
  'shift_swap.offered': 'Somebody offered a shift to a colleague',
  'shift_swap.agreed': 'A colleague agreed to take a shift',
  'shift_swap.approved': 'A shift changed hands',
  'shift_swap.declined': 'An offer of a shift was declined',
  'shift_swap.withdrawn': 'An offer of a shift was withdrawn',
  'mail.received': 'A customer’s mail was filed',
  'mail.quarantined': 'A mail could not be read',
  'reply.sent': 'An answer was sent',
  'reply.refused': 'Gmail refused to send an answer',
  'reply.unclear': 'It is not known whether an answer was sent',
  'customer.met': 'A customer wrote for the first time',
  'order.linked': 'An order was linked to a ticket',
  'order.unlinked': 'An order was taken from a ticket',
  'action.confirmed': 'A combined action was confirmed',
  'action.approved': 'A combined action was approved',
  'action.declined': 'A combined action was declined',
  'action.parked': 'A combined action stands still',
  'action.ended': 'A combined action is done',
  'action.handed_on': 'Somebody else looks after a combined action',
  'action.undone': 'A combined action was taken back',
  'action.stopped': 'A combined action was ended half-way',
  'gift_card.issued': 'A gift card was issued',
  'gift_card.deactivated': 'A gift card was taken back',
  'mailbox.access_lost': 'A mailbox cannot be read any more',
  'mailbox.access_regained': 'A mailbox can be read again',
  'mailbox.certified': 'The mails of a mailbox were counted against Gmail’s list',
  'shop.access_lost': 'A shop cannot be reached any more',
  'shop.access_regained': 'A shop can be reached again',
  'staff.invited': 'Somebody was invited',
  'staff.role_changed': 'Somebody has another role',
  'staff.deactivated': 'Somebody left',
  'staff.reactivated': 'Somebody came back',
  'staff.start_changed': 'The first day of somebody is another one',
  'rule.applied': 'A rule changed a ticket',
  'rule.paused': 'A rule stopped itself: what it names is gone',
  'setting.changed': 'A setting was changed',
} as const
export type WebhookEvent = keyof typeof WEBHOOK_EVENTS
export const WebhookEvent = z.enum(Object.keys(WEBHOOK_EVENTS) as [WebhookEvent, ...WebhookEvent[]])

/** on · off: by a person · failed: switched off because nothing came through for days, or the receiver said 410. */
export const WebhookState = z.enum(['on', 'off', 'failed'])

export const WebhookInput = z.object({
  name: z.string().trim().min(1, 'Say in a few words what it is for').max(80),
  url: z.string().trim().min(1, 'Write the address').max(500),
  events: z.array(WebhookEvent).min(1, 'Choose one event at least'),
})
export type WebhookInput = z.infer<typeof WebhookInput>

export const Webhook = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  /** Strings, so that a newer kind does not break an older program. */
  events: z.array(z.string()),
  state: WebhookState,
  /** The first failure since the last success. */
  failingSince: Instant.nullable(),
  createdAt: Instant,
})
export type Webhook = z.infer<typeof Webhook>

/** Why there was no answer at all. */
export const WebhookProblem = z.enum(['private_address', 'no_address', 'timeout', 'no_connection', 'no_tls'])

export const WebhookDelivery = z.object({
  /** The header webhook-id: the same however often it is sent. */
  id: z.uuid(),
  type: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  createdAt: Instant,
  /** When it is sent next; null when it is over. */
  nextAt: Instant.nullable(),
  /** Newest first. */
  attempts: z.array(
    z.object({
      attempt: z.int(),
      at: Instant,
      status: z.int().nullable(),
      problem: WebhookProblem.nullable(),
      ms: z.int(),
      /** The first 1,024 bytes of the answer. */
      answer: z.string().nullable(),
    }),
  ),
})
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

export const listWebhooks = endpoint('GET', '/v1/webhooks', {
  summary: 'Addresses that are told of events; 20 at most',
  callers: WEBHOOK_READERS,
  reply: z.object({ items: z.array(Webhook) }),
  tags,
})

const WithSecret = z.object({
  webhook: Webhook,
  /** Shown this once: it checks the signatures. */
  secret: z.string(),
})

export const addWebhook = endpoint('POST', '/v1/webhooks', {
  summary: 'Adds an address; the answer shows the secret, once',
  callers: WEBHOOK_KEEPERS,
  status: 201,
  body: WebhookInput,
  reply: WithSecret,
  reveals: true,
  tags,
})

export const changeWebhook = endpoint('PUT', '/v1/webhooks/:webhookId', {
  summary: 'Changes an address and its events, or switches it on or off',
  callers: WEBHOOK_KEEPERS,
  body: WebhookInput.extend({ state: WebhookState.exclude(['failed']) }),
  reply: Webhook,
  tags,
})

export const changeWebhookSecret = endpoint('POST', '/v1/webhooks/:webhookId/secret', {
  summary: 'Makes a new secret; for a day both sign',
  callers: WEBHOOK_KEEPERS,
  body: z.object({}),
  reply: WithSecret,
  reveals: true,
  tags,
})

export const removeWebhook = endpoint('DELETE', '/v1/webhooks/:webhookId', {
  summary: 'Removes an address with all its deliveries',
  callers: WEBHOOK_KEEPERS,
  reply: z.object({ removed: z.boolean() }),
  tags,
})

export const testWebhook = endpoint('POST', '/v1/webhooks/:webhookId/tests', {
  summary: 'Sends an event of the type webhook.test to this address',
  callers: WEBHOOK_KEEPERS,
  status: 202,
  body: z.object({}),
  reply: z.object({ deliveryId: z.uuid() }),
  tags,
})

export const listWebhookDeliveries = endpoint('GET', '/v1/webhooks/:webhookId/deliveries', {
  summary: 'What was sent to an address, newest first, kept for 30 days',
  callers: WEBHOOK_READERS,
  query: PageQuery,
  reply: page(WebhookDelivery),
  tags,
})

export const repeatWebhookDelivery = endpoint('POST', '/v1/webhooks/:webhookId/deliveries/:deliveryId/repetition', {
  summary: 'Sends something once more, with the same id',
  callers: WEBHOOK_KEEPERS,
  status: 202,
  body: z.object({}),
  reply: WebhookDelivery,
  tags,
})
