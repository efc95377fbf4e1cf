import { expect, test } from '@jest/globals'
import { assembled } from './assembling.ts'

async function* file(...lines: unknown[]) {
  yield* lines
}
const read = async (...lines: unknown[]) => {
  for await (const _ of assembled(file(...lines)));
}

test('an empty file holds no orders', async () => {
  await expect(read()).resolves.toBeUndefined()
})

test.each([
  ['a child before its order', { id: 'gid://shopify/LineItem/1', __parentId: 'gid://shopify/Order/1' }],
  ['what is no order', { id: 'gid://shopify/Order/1' }],
  ['no object at all', 'text'],
])('%s is not guessed at', async (_name, line) => {
  await expect(read(line)).rejects.toMatchObject({ name: 'ShopifySchemaChanged', code: 'shopify_refused' })
})

test('an order that cannot be read is named, and the file goes on behind it and its lines', async () => {
  const [bad, alsoBad] = ['gid://shopify/Order/1', 'gid://shopify/Order/2']
  const named: string[] = []
  const lines = file({ id: bad }, { id: 'gid://shopify/LineItem/1', __parentId: bad }, { id: alsoBad })
  for await (const _ of assembled(lines, (gid) => named.push(gid)));
  expect(named).toEqual([bad, alsoBad])
})
