import { afterEach, describe, expect, test } from '@jest/globals'
import { bulkOrders } from '../../../backend/clients/shopify/operations/bulk.ts'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { until } from '../../support/until.ts'
import { receiver } from './receiver.ts'
import { ADA, type OpenShop, openShop, usual } from './shop-with-goods.ts'

interface Bulk {
  id: string
  status: string
  errorCode: string | null
  url: string | null
  partialDataUrl: string | null
  objectCount: string
  rootObjectCount: string
  fileSize: string | null
}

interface Started {
  bulkOperation: Bulk | null
  userErrors: { field: string[] | null; message: string; code: string }[]
}

const LINES =
  '{ orders { edges { node { id name customer { displayName } lineItems { edges { node { id title } } } } } } }'

let open: OpenShop
afterEach(() => open.shopify.close())

describe('a bulk query', () => {
  test('writes one line for each thing, and what is nested names its parent', async () => {
    open = await openShop()
    const [first, second] = [buy(open.shop, usual), buy(open.shop, { ...usual, lines: usual.lines.slice(0, 1) })]
    const bulk = await done(await start(LINES))
    expect(bulk).toMatchObject({ status: 'COMPLETED', objectCount: '5', rootObjectCount: '2', partialDataUrl: null })
    const lines = await read(bulk.url)
    expect(Number(bulk.fileSize)).toBe(bytes(lines))
    expect(lines.filter(({ __parentId }) => __parentId === undefined)).toEqual([
      { id: first.id, name: '#1001', customer: { displayName: 'Ada Moss' } },
      { id: second.id, name: '#1002', customer: { displayName: 'Ada Moss' } },
    ])
    expect(lines.filter(({ __parentId }) => __parentId === first.id).map(({ title }) => title)).toEqual([
      'Green tea',
      'Tea pot',
    ])
  })

  test('puts children right behind their parent only when it is asked to', async () => {
    open = await openShop()
    for (let n = 0; n < 2; n++) buy(open.shop, usual)
    const depths = async (grouped: boolean) => {
      const lines = await read((await done(await start(LINES, grouped))).url)
      return lines.map(({ __parentId }) => (__parentId === undefined ? 'order' : 'line'))
    }
    expect(await depths(true)).toEqual(['order', 'line', 'line', 'order', 'line', 'line'])
    expect(await depths(false)).toEqual(['order', 'order', 'line', 'line', 'line', 'line'])
  })

  test('follows an order of 400 lines to the end, where a page holds 250', async () => {
    open = await openShop()
    const line = { title: 'Leaf', price: 10 }
    const { id } = buy(open.shop, { customerId: ADA, lines: Array.from({ length: 400 }, () => line) })
    const lines = await read((await done(await start(LINES))).url)
    expect(lines.filter(({ __parentId }) => __parentId === id)).toHaveLength(400)
  })

  test("runs the desk's own document over more orders than one batch holds", async () => {
    open = await openShop()
    for (let n = 0; n < 60; n++) buy(open.shop, usual)
    const bulk = await done(await start(bulkOrders(null), true))
    expect(bulk).toMatchObject({ status: 'COMPLETED', rootObjectCount: '60' })
    const orders = (await read(bulk.url)).filter(({ __parentId }) => __parentId === undefined)
    expect(new Set(orders.map(({ name }) => name)).size).toBe(60)
  })

  test('tells the app when it has ended, without the address of the file', async () => {
    open = await openShop()
    const endpoint = await receiver()
    await subscribe(endpoint.url)
    const { id } = await done(await start('{ customers { edges { node { id } } } }'))
    await open.shopify.settle()
    expect(endpoint.received.map(({ topic }) => topic)).toEqual(['bulk_operations/finish'])
    expect(JSON.parse(endpoint.received[0]?.body ?? '')).toEqual({
      admin_graphql_api_id: id,
      status: 'completed',
      type: 'query',
      error_code: null,
      created_at: expect.stringMatching(/\+0[12]:00$/),
      completed_at: expect.any(String),
    })
    await endpoint.close()
  })

  test('has no file when nothing was found', async () => {
    open = await openShop()
    expect(await done(await start('{ orders { edges { node { id } } } }'))).toMatchObject({
      status: 'COMPLETED',
      objectCount: '0',
      url: null,
    })
  })

  test('can be fetched for a week', async () => {
    open = await openShop()
    const { id, url } = await done(await start('{ customers { edges { node { id } } } }'))
    open.clock.travel(8 * 24 * 3600 * 1000)
    expect(await state(id)).toMatchObject({ status: 'EXPIRED', url: null })
    expect((await fetch(String(url))).status).toBe(404)
  })
})

describe('a bulk query is refused in words', () => {
  test.each([
    ['', 'Invalid bulk query: syntax error, unexpected end of file'],
    [
      'mutation { tagsAdd(id: "gid://shopify/Order/1", tags: "a") { node { id } } }',
      'Invalid operation type. Only `query` operations are supported.',
    ],
    ['{ shop { id } }', 'Bulk queries must contain at least one connection.'],
    [
      '{ products { nodes { id } } }',
      "All connection fields in a bulk query must select their contents using 'edges' > 'node', e.g: 'products { edges { node {'. Selecting via 'nodes' is not supported. Invalid connection fields: 'products'.",
    ],
    [
      '{ products { edges { node { title variants { edges { node { id } } } } } } }',
      "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be of 'ID' return type. Connection fields without 'id': products.",
    ],
    [
      '{ orders { edges { node { id fulfillments { events { edges { node { id } } } } } } } }',
      'Queries that contain a connection field within a list field are not currently supported.',
    ],
    [deep(4), 'Bulk queries cannot contain connections with a nesting depth greater than 2.'],
    [`{ products { edges { node { id ${wide(5)} } } } }`, 'Bulk queries cannot contain more than 5 connections.'],
  ])('%s', async (query, message) => {
    open = await openShop()
    expect(await start(query)).toEqual({
      bulkOperation: null,
      userErrors: [{ field: ['query'], message, code: 'INVALID' }],
    })
  })

  test('a top level node', async () => {
    open = await openShop()
    const { userErrors } = await start('{ node(id: "gid://shopify/Product/1") { id } }')
    expect(userErrors.map(({ message }) => message)).toEqual([
      'Bulk queries cannot contain a top level `node` field.',
      'Bulk queries must contain at least one connection.',
    ])
  })
})

describe('bulk queries that go wrong', () => {
  test('five run at once; a sixth has to wait', async () => {
    open = await openShop()
    open.shopify.faults.add({ operation: 'bulk.run', kind: 'hang', times: 5 })
    const ids = []
    for (let n = 0; n < 5; n++) ids.push((await start(LINES)).bulkOperation?.id)
    expect(await start(LINES)).toEqual({
      bulkOperation: null,
      userErrors: [
        {
          field: null,
          message: `A bulk query operation for this app and shop is already in progress: ${ids.join(', ')}.`,
          code: 'OPERATION_IN_PROGRESS',
        },
      ],
    })
  })

  test('one that runs can be cancelled, one that ended cannot', async () => {
    open = await openShop()
    open.shopify.faults.add({ operation: 'bulk.run', kind: 'hang' })
    const started = await start(LINES)
    const id = String(started.bulkOperation?.id)
    await open.shopify.settle()
    expect(await state(id)).toMatchObject({ status: 'RUNNING', url: null })
    expect(await cancel(id)).toMatchObject({ bulkOperation: { status: 'CANCELING' }, userErrors: [] })
    await open.shopify.settle()
    expect(await state(id)).toMatchObject({ status: 'CANCELED' })
    expect(await cancel(id)).toMatchObject({
      userErrors: [{ field: null, message: 'A bulk operation cannot be canceled when it is canceled' }],
    })
  })

  test('a failed one keeps what it had written', async () => {
    open = await openShop()
    for (let n = 0; n < 30; n++) buy(open.shop, usual)
    open.shopify.faults.add({ operation: 'bulk.run', kind: 'internal-error' })
    const bulk = await done(await start('{ orders { edges { node { id } } } }'))
    expect(bulk).toMatchObject({ status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR', url: null, objectCount: '25' })
    expect(await read(bulk.partialDataUrl)).toHaveLength(25)
    open.shopify.faults.add({ operation: 'bulk.run', kind: '503' })
    expect(await done(await start('{ orders { edges { node { id } } } }'))).toMatchObject({ status: 'FAILED' })
  })

  test('a scope that is missing ends it', async () => {
    open = await openShop()
    expect(await done(await start('{ discountNodes { edges { node { id } } } }'))).toMatchObject({
      status: 'FAILED',
      errorCode: 'ACCESS_DENIED',
    })
  })

  test('a download fails like any other call', async () => {
    open = await openShop()
    buy(open.shop, usual)
    const { url } = await done(await start(LINES))
    const fail = (kind: '502-before' | '429' | 'hang') => open.shopify.faults.add({ operation: 'bulk.download', kind })
    fail('502-before')
    fail('429')
    fail('hang')
    expect([(await fetch(String(url))).status, (await fetch(String(url))).status]).toEqual([502, 429])
    const leaving = new AbortController()
    const hanging = fetch(String(url), { signal: leaving.signal })
    await until('the call that hangs', () => open.shopify.faults.met('bulk.download').length === 3)
    leaving.abort()
    await expect(hanging).rejects.toThrow('aborted')
    expect(await read(url)).toHaveLength(3)
  })

  test('a download breaks off in the middle', async () => {
    open = await openShop()
    buy(open.shop, usual)
    const { url } = await done(await start(LINES))
    open.shopify.faults.add({ operation: 'bulk.download', kind: 'drop-after' })
    await expect(fetch(String(url)).then((answer) => answer.text())).rejects.toThrow()
    expect(await read(url)).toHaveLength(3)
  })
})

const start = (query: string, groupObjects = false) =>
  open.ask<Started>(
    `mutation ($query: String!, $groupObjects: Boolean!) { bulkOperationRunQuery(query: $query, groupObjects: $groupObjects)
    { bulkOperation { id status } userErrors { field message code } } }`,
    { query, groupObjects },
  )

async function done({ bulkOperation, userErrors }: Started): Promise<Bulk> {
  expect(userErrors).toEqual([])
  expect(bulkOperation?.status).toBe('CREATED')
  await open.shopify.settle()
  return state(String(bulkOperation?.id))
}

const state = (id: string) =>
  open.ask<Bulk>(
    'query ($id: ID!) { bulkOperation(id: $id) { id status errorCode url partialDataUrl objectCount rootObjectCount fileSize } }',
    { id },
  )

const cancel = (id: string) =>
  open.ask<Started>(
    'mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { field message } } }',
    { id },
  )

const subscribe = (uri: string) => open.run('webhook-subscribe', { topic: 'BULK_OPERATIONS_FINISH', sub: { uri } })

async function read(url: string | null): Promise<Record<string, unknown>[]> {
  const text = await (await fetch(String(url))).text()
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

const bytes = (lines: object[]) =>
  lines.reduce<number>((sum, line) => sum + Buffer.byteLength(`${JSON.stringify(line)}\n`), 0)

function deep(levels: number): string {
  const names = ['collections', 'products', 'variants', 'metafields'].slice(0, levels)
  return `{ ${names.reduceRight((inner, name) => `${name} { edges { node { id ${inner} } } }`, '')} }`
}

function wide(count: number): string {
  const names = ['variants', 'metafields', 'collections', 'media', 'sellingPlanGroups'].slice(0, count)
  return names.map((name) => `${name} { edges { node { id } } }`).join(' ')
}
