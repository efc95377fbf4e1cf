import { expect, test } from '@jest/globals'
import { retypedTags } from './retyped-tags.ts'

test.each([
  ['', 'glass', ['late'], 'late, glass'],
  ['glass, late', 'glass', ['glass', 'late', 'vip'], 'glass, vip'],
  ['glass', 'glass', [], ''],
  ['glass', '', ['glass', 'vip'], 'vip'],
  ['', 'vip, vip , ', ['vip'], 'vip'],
])('over «%s» somebody typed «%s» while it became %j', (shown, typed, now, kept) => {
  expect(retypedTags(shown, typed, now)).toBe(kept)
})
