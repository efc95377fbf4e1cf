import { expect, test } from '@jest/globals'
import { oneAhead } from './ahead.ts'

/** Numbers, which note when each is asked for. */
async function* numbers(said: string[]): AsyncGenerator<number> {
  for (let n = 1; n <= 3; n++) {
    said.push(`asked ${n}`)
    yield n
  }
}

async function work(mayBeAhead: boolean): Promise<string[]> {
  const said: string[] = []
  for await (const n of oneAhead(numbers(said), () => mayBeAhead)) {
    await new Promise(setImmediate)
    said.push(`worked at ${n}`)
  }
  return said
}

test('the next is asked for while the present one is worked at', async () => {
  expect(await work(true)).toEqual(['asked 1', 'asked 2', 'worked at 1', 'asked 3', 'worked at 2', 'worked at 3'])
})

test('where it may not be ahead the next is asked for when the present one is done', async () => {
  expect(await work(false)).toEqual(['asked 1', 'worked at 1', 'asked 2', 'worked at 2', 'asked 3', 'worked at 3'])
})
