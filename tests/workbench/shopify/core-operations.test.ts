import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { NoDeprecatedCustomRule, validate } from 'graphql'
import { requestedCost } from '../../../workbench/emulators/shopify/graphql/cost.ts'
import { type Prepared, prepare } from '../../../workbench/emulators/shopify/graphql/preparing.ts'
import type { Shopify } from '../../../workbench/emulators/shopify/shopify.ts'
import { FERN, start } from './start.ts'

/** What real apps send, operation by operation. */
const FOLDER = new URL('operations/', import.meta.url)
const operations = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'))

let shopify: Shopify
beforeAll(async () => {
  shopify = await start()
})
afterAll(() => shopify.close())

const prepared = (query: string) =>
  prepare(shopify.shop(FERN).ground, { query, variables: { first: 50 }, operationName: null })

test('there are 42 operations', () => {
  expect(operations).toHaveLength(42)
})

test.each(operations)('%s is valid, uses nothing deprecated, and one call may ask for it', (name) => {
  const call = prepared(readFileSync(new URL(name, FOLDER), 'utf8')) as Prepared
  expect(Array.isArray(call) ? call : []).toEqual([])
  expect(validate(call.schema, call.document, [NoDeprecatedCustomRule])).toEqual([])
  expect(requestedCost(call)).toBeLessThan(1000)
})

test('an operation that asks for what there is not is found out', () => {
  expect(prepared('{ order(id: "gid://shopify/Order/1") { totalPrize } }')).toMatchObject([
    { message: "Field 'totalPrize' doesn't exist on type 'Order'" },
  ])
})
