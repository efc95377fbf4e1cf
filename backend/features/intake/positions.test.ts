import { expect, test } from '@jest/globals'
import { isLater, readComparePlace, readPlace, writeComparePlace, writePlace } from './positions.ts'

test('positions are numbers of any length, not texts and not doubles', () => {
  expect(isLater('10', '9')).toBe(true)
  expect(isLater('9007199254740993', '9007199254740992')).toBe(true)
  expect(isLater('123456789012345678901', '123456789012345678900')).toBe(true)
  expect(isLater('7', '7')).toBe(false)
  expect(isLater('1', null)).toBe(true)
})

test('the place of a resync is read as it was written', () => {
  for (const place of [
    { since: 1_763_000_000, pageToken: undefined },
    { since: 0, pageToken: 'a:b=' },
  ])
    expect(readPlace(writePlace(place))).toEqual(place)
})

test('the place of a comparison is read as it was written, and is none of a reading', () => {
  const place = { reachedAt: 0, until: 1_763_000_000_123, span: 86_400 }
  expect(readComparePlace(writeComparePlace(place))).toEqual(place)
  expect(readComparePlace(writePlace({ since: 1_763_000_000, pageToken: 'compare:1:2:3' }))).toBeNull()
})
