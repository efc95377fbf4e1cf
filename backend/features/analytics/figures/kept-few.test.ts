import { expect, test } from '@jest/globals'
import { keptFew } from './kept-few.ts'

test('the same is answered once, and what was asked for the longest time ago is forgotten first', () => {
  const asked: string[] = []
  const answer = keptFew(
    (name: string) => name,
    (name) => {
      asked.push(name)
      return name.toUpperCase()
    },
    2,
  )
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(answer)).toEqual(['A', 'B', 'A', 'C', 'A', 'B'])
  expect(asked).toEqual(['a', 'b', 'c', 'b'])
})
