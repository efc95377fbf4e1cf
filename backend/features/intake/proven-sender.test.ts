import { expect, test } from '@jest/globals'
import type { House } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { provenKeyOf } from './proven-sender.ts'

const house: House = { mailboxes: new Set(['support@shop.example']), domains: new Set(['shop.example']) }
const person = (address: string) => ({ name: '', address })
const mail = (given: Partial<MailText>): MailText => ({
  messageId: null,
  subject: '',
  from: person('Ada@Home.example'),
  sender: [],
  replyTo: [],
  to: [person('support@shop.example')],
  cc: [],
  text: '',
  excerpt: '',
  reply: null,
  notes: [],
  headers: {},
  ...given,
})
const passed = (domain: string) => `mx.google.com; dmarc=pass (p=NONE) header.from=${domain}`
const HOME = { 'authentication-results': [passed('home.example')] }
const OWN_GROUP = { 'list-id': ['Support <support.shop.example>'] }

test('an authenticated mail proves the address in From, as it is compared', () => {
  expect(provenKeyOf(mail({ headers: HOME }), house, ['INBOX'])).toBe('ada@home.example')
})

test('without a verdict, or with one about another domain, nothing is proved', () => {
  expect(provenKeyOf(mail({}), house, [])).toBeNull()
  expect(provenKeyOf(mail({ headers: { 'authentication-results': [passed('evil.example')] } }), house, [])).toBeNull()
})

test('our own group passes a proof on, also where it had to write over From', () => {
  const relayed = {
    ...OWN_GROUP,
    'authentication-results': [passed('home.example')],
    'x-original-authentication-results': [passed('home.example')],
  }
  expect(provenKeyOf(mail({ headers: relayed }), house, [])).toBe('ada@home.example')
  const rewritten = mail({
    from: person('support@shop.example'),
    headers: {
      ...relayed,
      'authentication-results': [passed('shop.example')],
      'x-original-from': ['Ada <ada@home.example>'],
    },
  })
  expect(provenKeyOf(rewritten, house, [])).toBe('ada@home.example')
  const forged = { ...relayed, 'x-original-authentication-results': [passed('evil.example')] }
  expect(provenKeyOf(mail({ headers: forged }), house, [])).toBeNull()
})

test.each([
  ['twice', { 'x-original-from': ['Ada <ada@home.example>', 'Mallory <mallory@home.example>'] }],
  ['otherwise in two headers', { 'x-original-sender': ['mallory@home.example'] }],
])('a group that names the writer %s proves nobody: one of them came with the mail', (_how, headers) => {
  const rewritten = mail({
    from: person('support@shop.example'),
    headers: {
      ...OWN_GROUP,
      'authentication-results': [passed('shop.example')],
      'x-original-authentication-results': [passed('home.example')],
      'x-original-from': ['Ada <ada@home.example>'],
      ...headers,
    },
  })
  expect(provenKeyOf(rewritten, house, [])).toBeNull()
})

test('another list proves nobody', () => {
  const headers = {
    ...HOME,
    'list-id': ['<news.elsewhere.example>'],
    'x-original-authentication-results': HOME['authentication-results'],
  }
  expect(provenKeyOf(mail({ headers }), house, [])).toBeNull()
})

test('an answer address that a contact form names is not proved by the form', () => {
  const form = mail({
    from: person('support@shop.example'),
    replyTo: [person('ada@home.example')],
    headers: { 'authentication-results': ['mx.google.com; spf=pass smtp.mailfrom=mallory@home.example'] },
  })
  expect(provenKeyOf(form, house, [])).toBeNull()
})

test('what the desk sent, and a mail without From, prove no customer', () => {
  expect(provenKeyOf(mail({ headers: HOME }), house, ['SENT'])).toBeNull()
  expect(provenKeyOf(mail({ from: null, headers: HOME }), house, [])).toBeNull()
  const own = mail({
    from: person('support@shop.example'),
    headers: { 'authentication-results': [passed('shop.example')] },
  })
  expect(provenKeyOf(own, house, [])).toBeNull()
})
