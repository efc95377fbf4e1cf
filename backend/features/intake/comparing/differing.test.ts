import { expect, test } from '@jest/globals'
import { differs, type Stored } from './differing.ts'

const mail = (of: Partial<Stored> = {}): Stored => ({
  gmailId: 'm',
  threadId: null,
  labels: ['INBOX'],
  state: 'ended',
  outcome: 'ticket',
  reason: null,
  movedTo: null,
  ...of,
})
const listed = (...labels: string[]) => ({
  all: new Set(['m']),
  moves: true,
  labels: new Map(['SPAM', 'TRASH', 'Label_1'].map((label) => [label, new Set(labels.includes(label) ? ['m'] : [])])),
})
const suspected = mail({ labels: ['SPAM'], outcome: 'suspected_spam' })
const ignored = mail({ outcome: 'ignored', reason: 'mail_rule' })

test('a mail that stands where it stood is not asked about', () => {
  expect(differs(mail(), listed())).toBe(false)
  expect(differs(suspected, listed('SPAM'))).toBe(false)
  expect(differs(mail({ movedTo: 'trash' }), listed('TRASH'))).toBe(false)
  expect(differs(mail({ labels: ['SPAM'] }), listed('SPAM'))).toBe(false) // released here, and still in Gmail's spam
})

test('a mail that was rescued, put away, brought back or deleted is asked about', () => {
  expect(differs(suspected, listed())).toBe(true)
  expect(differs(mail(), listed('SPAM'))).toBe(true)
  expect(differs(mail(), listed('TRASH'))).toBe(true)
  expect(differs(mail({ movedTo: 'trash' }), listed())).toBe(true)
  expect(differs(mail(), { ...listed(), all: new Set<string>() })).toBe(true)
})

test('where people put mail in their own inbox is not asked about, but a mail that they rescued from spam is', () => {
  for (const now of [listed('TRASH'), { ...listed(), all: new Set<string>() }])
    expect(differs(mail(), { ...now, moves: false })).toBe(false)
  expect(differs(suspected, { ...listed(), moves: false })).toBe(true)
})

test('labels of rules matter only to mails that rules may still judge', () => {
  expect(differs(mail(), listed('Label_1'))).toBe(false)
  expect(differs(ignored, listed('Label_1'))).toBe(true)
  expect(differs({ ...ignored, labels: ['INBOX', 'Label_1'] }, listed('Label_1'))).toBe(false)
})
