import { expect, test } from '@jest/globals'
import { automaticSign } from './automatic.ts'
import { decide } from './deciding.ts'
import type { House } from './house.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { personIn, writerOf } from './writer.ts'

const house: House = {
  mailboxes: new Set(['support@shop.example', 'archive@shop.example']),
  domains: new Set(['shop.example']),
}
const person = (address: string) => ({ name: '', address })
const mail = (more: Partial<MailText>): MailText => ({
  messageId: null,
  subject: '',
  from: person('ada@home.example'),
  sender: [],
  replyTo: [],
  to: [person('support@shop.example')],
  cc: [],
  text: '',
  excerpt: '',
  reply: null,
  notes: [],
  headers: {},
  ...more,
})
const staff = (address: string) => address === 'nora@shop.example'
const support = person('support@shop.example')
const nora = person('nora@shop.example')
const ada = person('ada@home.example')

test.each([
  ['a customer writes', mail({}), { kind: 'customer' }],
  ['an agent writes as support to a customer', mail({ from: support, to: [ada] }), { kind: 'staff', opens: true }],
  ['an agent writes as support to a colleague', mail({ from: support, to: [nora] }), { kind: 'staff', opens: false }],
  ['an agent asks the desk something', mail({ from: nora }), { kind: 'customer', from: nora }],
  [
    'an agent answers from the own address with the desk in copy',
    mail({ from: nora, to: [ada], cc: [support] }),
    { kind: 'staff', opens: true },
  ],
  [
    "an agent's own mail that has nothing to do with the desk",
    mail({ from: nora, to: [ada] }),
    { kind: 'staff', opens: false },
  ],
  [
    'a colleague who is no staff writes to a customer',
    mail({ from: person('boss@shop.example'), to: [ada] }),
    { kind: 'customer' },
  ],
  [
    'our own automatic mail',
    mail({ from: support, to: [ada], headers: { 'auto-submitted': ['auto-replied'] } }),
    { kind: 'ignored', reason: 'own_automatic_mail' },
  ],
  [
    'the vacation answer of an agent to what the desk wrote to them',
    mail({ from: nora, headers: { 'auto-submitted': ['auto-replied'] } }),
    { kind: 'ignored', reason: 'own_automatic_mail' },
  ],
  ['our own contact form', mail({ from: support, replyTo: [ada] }), { kind: 'customer', from: ada }],
])('%s', (_name, given, decision) => {
  expect(decide(given, house, staff, true)).toMatchObject(decision)
})

test.each([
  ['as support to a customer', mail({ from: support, to: [ada] })],
  ['as an agent to a customer', mail({ from: nora, to: [ada], cc: [support] })],
  ['as support to support', mail({ from: support })],
  ['as an agent who asks the desk', mail({ from: nora })],
  ['as a machine of ours', mail({ from: support, to: [ada], headers: { 'auto-submitted': ['auto-replied'] } })],
])('what is not proved to be ours is not ours: %s', (_name, given) => {
  expect(decide(given, house, staff, false)).toMatchObject({ kind: 'unverified' })
})

test('a customer needs no proof', () => {
  expect(decide(mail({}), house, staff, false)).toMatchObject({ kind: 'customer' })
  expect(decide(mail({ from: support, replyTo: [ada] }), house, staff, false)).toMatchObject({ kind: 'customer' })
})

test('X-Original-From is believed of our own group only', () => {
  const rewritten = { from: { name: "'Ada' via Support", address: 'support@shop.example' }, to: [support] }
  const header = { 'x-original-from': ['"Ada Lovell" <ada@home.example>'] }
  expect(
    writerOf(mail({ ...rewritten, headers: { ...header, 'list-id': ['<support.shop.example>'] } }), house),
  ).toEqual({ name: 'Ada Lovell', address: 'ada@home.example' })
  expect(writerOf(mail({ ...rewritten, headers: { ...header, 'list-id': ['<evil.example>'] } }), house)).toMatchObject({
    address: 'support@shop.example',
  })
})

test('a mail without From is of whoever else it names, and of an unknown sender at last', () => {
  expect(writerOf(mail({ from: null, sender: [ada] }), house)).toBe(ada)
  expect(writerOf(mail({ from: null, headers: { 'return-path': ['<ada@home.example>'] } }), house)).toMatchObject({
    address: 'ada@home.example',
  })
  expect(writerOf(mail({ from: null, headers: { 'return-path': ['<>'] } }), house)).toMatchObject({
    name: 'Unknown sender',
  })
})

test('our own group asks for bounces in its own name, and is not the writer for that', () => {
  const headers = { 'return-path': ['<support+bncABC@shop.example>'] }
  expect(writerOf(mail({ from: null, headers }), house)).toMatchObject({ name: 'Unknown sender' })
})

test.each([
  ['"Ada Lovell" <ada@home.example>', { name: 'Ada Lovell', address: 'ada@home.example' }],
  ['ada@home.example', { name: '', address: 'ada@home.example' }],
  ['<ada@home.example>', { name: '', address: 'ada@home.example' }],
  ['Ada', null],
  ['ada@home.example, grace@home.example', null],
  ['"'.repeat(500_000), null],
  [`${' '.repeat(500_000)}<a`, null],
  ['a@'.repeat(500_000), null],
])('a header that names one person is read quickly, whatever it says', (header, found) => {
  expect(personIn(header)).toEqual(found)
})

test.each([
  ['a report', { 'content-type': ['multipart/report; report-type=delivery-status'] }, 'bounce'],
  ['failed recipients', { 'x-failed-recipients': ['x@y.example'] }, 'bounce'],
  ['auto-replied', { 'auto-submitted': ['auto-replied (vacation)'] }, 'auto_submitted'],
  ['"no" is a person', { 'auto-submitted': ['no'] }, null],
  ['Exchange asks for silence', { 'x-auto-response-suppress': ['All'] }, 'auto_response_suppressed'],
  ['bulk mail', { precedence: ['bulk'] }, 'bulk'],
  ['a list', { 'list-id': ['News <news.elsewhere.example>'] }, 'list'],
  ['our own group relays a person', { 'list-id': ['Support <support.shop.example>'], precedence: ['list'] }, null],
  ['an empty Return-Path alone', { 'return-path': ['<>'] }, null],
])('is it a machine: %s', (_name, headers, sign) => {
  expect(automaticSign(mail({ headers }), house)).toBe(sign)
})

test.each(['MAILER-DAEMON@mx.example', 'postmaster@mx.example', 'Mail-Delivery-Subsystem@mx.example'])(
  '%s is a machine',
  (address) => {
    expect(automaticSign(mail({ from: person(address) }), house)).toBe('bounce')
  },
)
