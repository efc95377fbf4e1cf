import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ADMINS, SETTING_READERS } from './roles.ts'

/** `labels`: Desk/Mine and the others stand on the mails of open work. `archive`: mails of solved work leave the inbox. */
export const GmailQueueSwitch = z.object({ labels: z.boolean(), archive: z.boolean() })
export type GmailQueueSwitch = z.infer<typeof GmailQueueSwitch>

export const GmailQueueAccount = GmailQueueSwitch.extend({
  mailboxId: z.uuid(),
  address: z.string(),
  kind: z.enum(['archive', 'agent']),
})
export type GmailQueueAccount = z.infer<typeof GmailQueueAccount>

export const listGmailQueues = endpoint('GET', '/v1/settings/gmail-queues', {
  summary: 'Which Gmail accounts carry the labels of the desk',
  callers: SETTING_READERS,
  reply: z.object({ items: z.array(GmailQueueAccount) }),
})

export const switchGmailQueue = endpoint('PUT', '/v1/settings/gmail-queues/:mailboxId', {
  summary: 'Switches the labels of one Gmail account, and archiving on solve, on or off',
  callers: ADMINS,
  body: GmailQueueSwitch,
  reply: GmailQueueAccount,
})
