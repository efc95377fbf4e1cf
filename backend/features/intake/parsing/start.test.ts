import { expect, test } from '@jest/globals'
import { startChild } from './child-process.ts'

test("a parser that cannot be started is nobody's fault: no mail is blamed for it", async () => {
  const limits = { timeoutMs: 1_000, memoryBytes: 2e6, smallMemoryBytes: 2e6, idleMs: 1_000, inLineMs: 50 } // a heap of 1 MB starts nothing
  let gone = 0
  const child = startChild(limits, () => gone++)
  await expect(child.parse(Buffer.from('x'), null)).rejects.toMatchObject({ name: 'ParserUnavailable' })
  expect([child.alive(), gone]).toEqual([false, 1])
})
