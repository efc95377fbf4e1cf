import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** What Google's Pub/Sub posts when a watched mailbox changed: https://developers.google.com/workspace/gmail/api/guides/push */
export const PubSubPush = z.object({
  message: z.object({
    /** Absent or strange in what somebody publishes by hand: refused it would come again for days. */
    data: z.string().max(10_000).default(''),
    messageId: z.string().optional(),
    publishTime: z.string().optional(),
  }),
  subscription: z.string().optional(),
})

export const pushMailbox = endpoint('POST', '/v1/gmail/push', {
  summary: 'Wakes the reader of a mailbox; the caller is proved by a Google-signed token',
  callers: ['public'],
  status: 200,
  body: PubSubPush,
  reply: z.object({ accepted: z.boolean() }),
  tags: ['intake'],
})
