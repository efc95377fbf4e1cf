import { expect, test } from '@jest/globals'
import { eachInTurn } from './in-turn.ts'

test('between two that are made, others get their turn', async () => {
  const order: string[] = []
  const others = () => {
    order.push('others')
    if (order.length < 20) setImmediate(others)
  }
  setImmediate(others)
  const made = await eachInTurn(['a', 'b', 'c'], (one, n) => {
    order.push(one)
    return `${one}${n}`
  })
  expect(made).toEqual(['a0', 'b1', 'c2'])
  expect(order.slice(0, 6)).toEqual(['a', 'others', 'b', 'others', 'c', 'others'])
})
