import { expect, test } from '@jest/globals'
import { isPushKeys } from './keys.ts'

/** Section 5 of RFC 8291. */
const BROWSER = {
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
}

test('keys that no browser makes are known before anything is sent to them', () => {
  expect(isPushKeys(BROWSER)).toBe(true)
  expect(isPushKeys({ ...BROWSER, auth: 'BTBZMqHH6r4Tts7J' })).toBe(false)
  expect(isPushKeys({ ...BROWSER, p256dh: BROWSER.p256dh.slice(0, -4) })).toBe(false)
  expect(isPushKeys({ ...BROWSER, p256dh: `${BROWSER.p256dh.slice(0, -4)}AAAA` })).toBe(false)
  expect(isPushKeys({ p256dh: '', auth: '' })).toBe(false)
})
