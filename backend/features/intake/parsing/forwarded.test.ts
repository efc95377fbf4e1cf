import { expect, test } from '@jest/globals'
import { forwardedIn, withoutForward } from './forwarded.ts'

const ADA = { name: 'Ada Lovell', address: 'ada@home.example' }

test.each([
  [
    'Gmail',
    'Fwd: Jar',
    'Look:\n\n---------- Forwarded message ---------\nFrom: Ada Lovell <ada@home.example>\nDate: Mon\nSubject: Jar\n\nIt broke.',
  ],
  [
    'Apple Mail',
    'Fwd: Jar',
    'Begin forwarded message:\n\n> From: "Ada Lovell" <ada@home.example>\n> Subject: Jar\n> Date: Mon\n\n> It broke.',
  ],
  [
    'Outlook',
    'WG: Jar',
    '________________________________\nVon: Ada Lovell [mailto:ada@home.example]\nGesendet: Montag\nAn: Sam\nBetreff: Jar\n\nIt broke.',
  ],
])('the one who wrote a forwarded mail is found: %s', (_name, subject, text) => {
  expect(forwardedIn({ subject, text })).toEqual(ADA)
})

test('an answer that quotes a head passes nothing on, nor does a mail without one', () => {
  const text = 'Thanks\n\nFrom: Ada Lovell <ada@home.example>\nSent: Monday\nTo: Sam\nSubject: Jar\n\nIt broke.'
  expect(forwardedIn({ subject: 'Re: Jar', text })).toBe(null)
  expect(forwardedIn({ subject: 'Fwd: Jar', text: 'see above' })).toBe(null)
})

test('the subject loses what forwarding put before it', () => {
  expect(withoutForward('Fwd: WG: Jar')).toBe('Jar')
})
