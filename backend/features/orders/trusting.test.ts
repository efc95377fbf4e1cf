import { expect, test } from '@jest/globals'
import { hintOf, isOpen, whyLocked } from './trusting.ts'

const NEW = { own: false, confirmedAt: null }

test('an order is open to its buyer and to who proved to know it, and to nobody else', () => {
  expect(isOpen(NEW)).toBe(false)
  expect(isOpen({ ...NEW, own: true })).toBe(true)
  expect(isOpen({ ...NEW, confirmedAt: '2026-11-20T10:00:00Z' })).toBe(true)
})

test('why an order is closed tells a forged mail from a stranger, and both from the buyer', () => {
  expect(whyLocked(NEW, false)).toMatch(/^This mail is not proved/)
  expect(whyLocked(NEW, true)).toMatch(/^The customer of this ticket is not known/)
  expect(whyLocked({ ...NEW, own: true }, true)).toBeNull()
})

test.each([
  [{ name: 'Ada Lovell', email: 'ada@home.example' }, 'A… L…, a…@home.example'],
  [{ name: ' Åsa  von  Ö ', email: null }, 'Å… v… Ö…'],
  [{ name: '佐藤 幸子', email: 'S@x.example' }, '佐… 幸…, S…@x.example'],
  [{ name: '👩‍🌾', email: 'no-address' }, '👩…, n…'],
  [{ name: '', email: null }, 'No name and no address on this order'],
])('a hint of %j gives nothing away', (buyer, hint) => {
  expect(hintOf(buyer)).toBe(hint)
})
