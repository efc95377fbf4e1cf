import { expect, test } from '@jest/globals'
import { isAuthentic, proves } from './authentic.ts'
import type { House } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'

const house: House = { mailboxes: new Set(['support@shop.example']), domains: new Set(['shop.example']) }
const mail = (headers: MailText['headers'], from = 'support@shop.example'): MailText => ({
  messageId: null,
  subject: '',
  from: { name: '', address: from },
  sender: [],
  replyTo: [],
  to: [{ name: '', address: 'ada@home.example' }],
  cc: [],
  text: '',
  excerpt: '',
  reply: null,
  notes: [],
  headers,
})

const PASSED =
  'mx.google.com; dkim=pass header.i=@shop.example header.s=s1 header.b=dGVzdA; spf=pass (google.com: domain of nora@shop.example designates 203.0.113.7 as permitted sender) smtp.mailfrom=nora@shop.example; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=shop.example'
const FAILED =
  'mx.google.com; spf=pass smtp.mailfrom=mallory@evil.example; dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=shop.example'
const RELAYED = 'mx.google.com; dkim=none; spf=pass smtp.mailfrom=support+bncABC@shop.example'

test.each([
  ['DMARC passed', PASSED, true],
  ['DMARC failed', FAILED, false],
  ['DMARC passed for another domain', PASSED.replace('header.from=shop.example', 'header.from=evil.example'), false],
  ['no DMARC, but a signature of the domain', 'mx.google.com; dkim=pass header.i=@shop.example', true],
  ['a signature of another domain', 'mx.google.com; dkim=pass header.i=@evil.example', false],
  ['a domain that only ends alike', 'mx.google.com; dkim=pass header.i=@not-shop.example', false],
  ['the envelope sender of the domain', 'mx.google.com; spf=pass smtp.mailfrom=nora@shop.example', true],
  ['a signature that did not verify', 'mx.google.com; dkim=fail header.i=@shop.example', false],
  ["another server's verdict", PASSED.replace('mx.google.com', 'mx.evil.example'), false],
  [
    'a comment that plays a result',
    'mx.google.com; spf=none (domain of a;dmarc=pass header.from=shop.example) x',
    false,
  ],
  [
    'a quoted sender that breaks out of its comment',
    'mx.google.com; spf=none (domain of "a) ; dmarc=pass header.from=shop.example"@evil.example) smtp.mailfrom=x',
    false,
  ],
  ['nothing', '', false],
])('is the domain proved: %s', (_name, verdict, proved) => {
  expect(proves(verdict, 'shop.example')).toBe(proved)
})

test('only the topmost verdict counts; those below came with the mail', () => {
  expect(isAuthentic(mail({ 'authentication-results': [FAILED, PASSED] }), house, [])).toBe(false)
  expect(isAuthentic(mail({ 'authentication-results': [PASSED, FAILED] }), house, [])).toBe(true)
})

test('what the archive account sent itself needs no verdict', () => {
  expect(isAuthentic(mail({}), house, ['SENT'])).toBe(true)
  expect(isAuthentic(mail({}), house, ['INBOX'])).toBe(false)
})

test("a forgery that our own group passed on is no more authentic for the group's good name", () => {
  const relayed = { 'authentication-results': [RELAYED], 'list-id': ['<support.shop.example>'] }
  const entered = (verdict: string) => mail({ ...relayed, 'x-original-authentication-results': [verdict] })
  expect(isAuthentic(entered(FAILED), house, [])).toBe(false)
  expect(isAuthentic(entered(PASSED), house, [])).toBe(true)
  expect(isAuthentic(mail(relayed), house, [])).toBe(false)
})

test("a stranger's list cannot vouch for our domain", () => {
  const headers = {
    'authentication-results': ['mx.google.com; dmarc=pass header.from=evil.example'],
    'list-id': ['<list.evil.example>'],
    'x-original-authentication-results': [PASSED],
  }
  expect(isAuthentic(mail(headers), house, [])).toBe(false)
})
