import { expect, test } from '@jest/globals'
import { buttons, plain, section, toTicket } from './panel.ts'

test('a row without a button leaves no empty part on a card', () => {
  expect(section(null, buttons())).toBeNull()
  expect(section('Next', plain('Nothing waits.'), buttons())?.widgets).toEqual([plain('Nothing waits.')])
  expect(section('Next', buttons(toTicket('a ticket')))?.widgets).toHaveLength(1)
})
