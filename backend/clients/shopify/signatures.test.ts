import { createHmac } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { verifyRedirect, verifyWebhook } from './signatures.ts'

const secret = 'shpss_secret'
const body = Buffer.from('{"id":1,"name":"#1001 — ü"}')
const signed = createHmac('sha256', secret).update(body).digest('base64')

test('a webhook is true to its bytes, its secret and its signature', () => {
  expect(verifyWebhook(body, signed, secret)).toBe(true)
  expect(verifyWebhook(Buffer.from(`${body} `), signed, secret)).toBe(false)
  expect(verifyWebhook(body, signed, 'other')).toBe(false)
})

test.each(['', 'x', '%%%', signed.slice(0, -4), `${signed}AAAA`])('a signature like %j is none', (header) => {
  expect(verifyWebhook(body, header, secret)).toBe(false)
})

const query = { code: '0907a6', shop: 'fern.myshopify.com', state: '0.68', timestamp: '1337178173' }
const message = 'code=0907a6&shop=fern.myshopify.com&state=0.68&timestamp=1337178173'
const hmac = createHmac('sha256', secret).update(message).digest('hex')

test('a redirect is signed over all its parameters in the order of their names', () => {
  expect(verifyRedirect({ ...query, hmac }, secret)).toBe(true)
  expect(verifyRedirect(Object.fromEntries(Object.entries({ ...query, hmac }).reverse()), secret)).toBe(true)
  expect(verifyRedirect({ ...query, hmac, shop: 'rose.myshopify.com' }, secret)).toBe(false)
  expect(verifyRedirect({ ...query, hmac, host: 'added' }, secret)).toBe(false)
  expect(verifyRedirect(query, secret)).toBe(false)
})

test('a parameter that comes twice is refused, whatever the signature', () => {
  const both = createHmac('sha256', secret).update(`${message},rose.myshopify.com`).digest('hex')
  expect(verifyRedirect({ ...query, shop: ['fern.myshopify.com', 'rose.myshopify.com'], hmac: both }, secret)).toBe(
    false,
  )
  expect(verifyRedirect({ ...query, hmac: [hmac, hmac] }, secret)).toBe(false)
})
