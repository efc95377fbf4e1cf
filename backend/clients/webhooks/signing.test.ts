import { expect, test } from '@jest/globals'
import { newWebhookSecret, webhookHeaders } from './signing.ts'

const message = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  at: new Date(1_614_265_330_000),
  body: '{"test": 2432232314}',
}

test('a message is signed as the example of Standard Webhooks is', () => {
  expect(webhookHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('two secrets make two signatures, and no two secrets are the same', () => {
  const [one, other] = [newWebhookSecret(), newWebhookSecret()]
  const both = webhookHeaders(message, [one, other])['webhook-signature']?.split(' ') ?? []
  expect(both).toHaveLength(2)
  expect(both[0]).toBe(webhookHeaders(message, [one])['webhook-signature'])
  expect(both[0]).not.toBe(both[1])
})
