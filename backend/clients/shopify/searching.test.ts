import { expect, test } from '@jest/globals'
import { searchTerm } from './searching.ts'

test.each([
  ['ada@example.com', 'email:"ada@example.com"'],
  ['a" OR tag:"vip', 'email:"a\\" OR tag:\\"vip"'],
  ['back\\', 'email:"back\\\\"'],
])('what a person typed stays one value: %s', (typed, term) => {
  expect(searchTerm('email', typed)).toBe(term)
})
