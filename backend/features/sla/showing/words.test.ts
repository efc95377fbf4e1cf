import { expect, test } from '@jest/globals'
import { lengthText } from '../pages/typed-length.ts'
import { minutesInWords } from './words.ts'

test('a target of every minute is told in days, one of open hours in hours, because its days do not have 24', () => {
  expect([minutesInWords(2_880), minutesInWords(2_880, 'business_minutes')]).toEqual(['2 days', '48 h'])
  expect([lengthText(2_880), lengthText(2_880, 'business_minutes')]).toEqual(['2 d', '48 h'])
  expect([minutesInWords(90, 'business_minutes'), lengthText(90, 'business_minutes')]).toEqual([
    '1 h 30 min',
    '1 h 30 min',
  ])
})
