import { afterEach, describe, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { deleteOrder } from '../../../workbench/emulators/shopify/world/owner.ts'
import { ADA, type OpenShop, openShop, usual } from './shop-with-goods.ts'

interface Claimed {
  metafields: { value: string; compareDigest: string }[] | null
  userErrors: { code: string; elementIndex: number }[]
}

let open: OpenShop
afterEach(() => open.shopify.close())

describe('tags', () => {
  test('are a set: adding one twice changes the order once', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    open.clock.travel(60_000)
    expect(await open.ask('tags-add', { id, tags: ['vip', 'late', 'VIP'] })).toMatchObject({
      node: { tags: ['late', 'vip'] },
    })
    const changed = open.shop.tables.orders.get(id)?.updatedAt
    open.clock.travel(60_000)
    await open.run('tags-add', { id, tags: ['vip'] })
    expect(open.shop.tables.orders.get(id)?.updatedAt).toBe(changed)
  })

  test('can be taken off again', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    await open.run('tags-add', { id, tags: 'a, b' })
    const gone = 'mutation ($id: ID!) { tagsRemove(id: $id, tags: ["A"]) { node { ... on Order { tags } } } }'
    expect(await open.ask(gone, { id })).toEqual({ node: { tags: ['b'] } })
  })

  test('of an order have 40 characters at the most, those of a customer 255', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    const tag = (of: string, length: number) =>
      open.ask<{ userErrors: { message: string }[] }>('tags-add', { id: of, tags: ['x'.repeat(length)] })
    expect((await tag(id, 40)).userErrors).toEqual([])
    expect((await tag(id, 41)).userErrors).toMatchObject([{ message: expect.stringContaining('maximum is 40') }])
    expect((await tag(ADA, 255)).userErrors).toEqual([])
    expect((await tag(ADA, 256)).userErrors).toHaveLength(1)
    expect(open.shop.tables.orders.get(id)?.tags).toEqual(['x'.repeat(40)])
  })

  test('are 250 at the most', async () => {
    open = await openShop()
    const { id } = buy(open.shop, { ...usual, tags: Array.from({ length: 249 }, (_, n) => `t${n}`) })
    expect(await open.ask('tags-add', { id, tags: ['one', 'two'] })).toMatchObject({
      userErrors: [{ field: ['tags'] }],
    })
    expect(await open.ask('tags-add', { id, tags: ['one'] })).toMatchObject({ userErrors: [] })
  })

  test('need an order that is there', async () => {
    open = await openShop()
    expect(await open.ask('tags-add', { id: 'gid://shopify/Order/404', tags: ['a'] })).toMatchObject({
      node: null,
      userErrors: [{ field: ['id'], message: 'Order does not exist' }],
    })
  })
})

describe('a claim by metafield', () => {
  test('goes to the first; the next one learns that it was too late', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    expect(await claim(id, 'one')).toMatchObject({ userErrors: [] })
    expect(await claim(id, 'two')).toMatchObject({ metafields: null, userErrors: [{ code: 'STALE_OBJECT' }] })
    expect(await read(id)).toMatchObject({ value: 'one' })
  })

  test('with the same value passes as if nothing had happened, whatever digest it brings', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    await claim(id, 'one')
    expect((await claim(id, 'one', 'wrong')).userErrors).toEqual([])
  })

  test('can be handed on by who knows its digest', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    const { metafields } = await claim(id, 'one')
    expect((await claim(id, 'two', metafields?.[0]?.compareDigest)).userErrors).toEqual([])
    expect(await read(id)).toMatchObject({ value: 'two' })
  })

  test('fails whole when one of several fails', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    const good = { ownerId: id, namespace: 'desk', key: 'good', type: 'single_line_text_field', value: 'x' }
    const bad = { ...good, key: 'bad', ownerId: 'gid://shopify/Order/404' }
    expect(await open.ask<Claimed>('claim-metafield', { metafields: [good, bad] })).toMatchObject({
      metafields: null,
      userErrors: [{ code: 'INVALID', elementIndex: 1 }],
    })
    expect(open.shop.tables.metafields.size).toBe(0)
  })
})

test.each([
  [{ namespace: 'ab' }, 'namespace', 'TOO_SHORT'],
  [{ namespace: 'a'.repeat(256) }, 'namespace', 'TOO_LONG'],
  [{ key: 'k' }, 'key', 'TOO_SHORT'],
  [{ key: 'k'.repeat(65) }, 'key', 'TOO_LONG'],
  [{ key: 'ca:7' }, 'key', 'INVALID'],
  [{ type: 'json', value: '{oops' }, 'value', 'INVALID_VALUE'],
  [{ type: 'number_integer', value: '1.5' }, 'value', 'INVALID_VALUE'],
  [{ type: 'boolean', value: 'yes' }, 'value', 'INVALID_VALUE'],
  [{ value: 'two\nlines' }, 'value', 'INVALID_VALUE'],
])('a metafield with %j is refused', async (wrong, field, code) => {
  open = await openShop()
  const { id } = buy(open.shop, usual)
  const good = { ownerId: id, namespace: 'desk', key: 'claim', type: 'single_line_text_field', value: 'one' }
  expect(await open.ask('claim-metafield', { metafields: [{ ...good, ...wrong }] })).toMatchObject({
    metafields: null,
    userErrors: [{ field: ['metafields', '0', field], code }],
  })
})

describe('a metafield of type id', () => {
  const definition = { name: 'Reship', namespace: 'desk', key: 'reship', ownerType: 'ORDER', type: 'id' }

  test('is unique without being told, and cannot be told otherwise', async () => {
    open = await openShop()
    const off = { capabilities: { uniqueValues: { enabled: false } } }
    expect(await define({ ...definition, ...off })).toMatchObject({
      createdDefinition: null,
      userErrors: [{ code: 'CAPABILITY_REQUIRED_BUT_DISABLED' }],
    })
    expect(await define(definition)).toMatchObject({
      createdDefinition: { capabilities: { uniqueValues: { enabled: true, eligible: true } } },
    })
    expect(await define(definition)).toMatchObject({ userErrors: [{ code: 'TAKEN' }] })
  })

  test('finds its order at once, and refuses the value for another', async () => {
    open = await openShop({ indexLag: 3600 })
    await define(definition)
    const [first, second] = [buy(open.shop, usual), buy(open.shop, usual)]
    const value = { namespace: 'desk', key: 'reship', value: 'ca:7' }
    await open.run('claim-metafield', { metafields: [{ ...value, ownerId: first.id }] })
    expect(await byValue('ca:7')).toMatchObject({ id: first.id })
    expect(await byValue('ca:8')).toBeNull()
    expect(await open.ask('claim-metafield', { metafields: [{ ...value, ownerId: second.id }] })).toMatchObject({
      userErrors: [{ code: 'TAKEN' }],
    })
  })
})

describe('metafields that come with an order', () => {
  const definition = { name: 'Reship', namespace: '$app:desk', key: 'reship', ownerType: 'ORDER', type: 'id' }
  const reship = (value: string) => [{ namespace: '$app:desk', key: 'reship', type: 'id', value }]
  const update = (id: string, metafields: object[]) =>
    open.ask<{ userErrors: { message: string }[] }>(
      'mutation ($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { message } } }',
      { input: { id, metafields } },
    )
  const find = (value: string) =>
    open.ask<{ id: string } | null>(
      'query ($value: String!) { orderByIdentifier(identifier: { customId: { namespace: "$app:desk", key: "reship", value: $value } }) { id } }',
      { value },
    )

  test("are found by the app's own name for its namespace", async () => {
    open = await openShop()
    await define(definition)
    const { id } = buy(open.shop, usual)
    expect((await update(id, reship('ca:7'))).userErrors).toEqual([])
    expect(await find('ca:7')).toEqual({ id })
  })

  test('are changed by the next update, not written beside the old ones', async () => {
    open = await openShop()
    const { id } = buy(open.shop, usual)
    for (const value of ['one', 'two'])
      await update(id, [{ namespace: 'desk', key: 'claim', type: 'single_line_text_field', value }])
    expect(open.shop.tables.metafields.by('ownerId', id).map(({ value }) => value)).toEqual(['two'])
  })

  test('keep to the rules of their definition', async () => {
    open = await openShop()
    await define(definition)
    const [first, second] = [buy(open.shop, usual), buy(open.shop, usual)]
    await update(first.id, reship('ca:7'))
    expect((await update(second.id, reship('ca:7'))).userErrors).toMatchObject([
      { message: 'Value has already been taken' },
    ])
    const other = reship('ca:8').map((one) => ({ ...one, type: 'single_line_text_field' }))
    expect((await update(second.id, other)).userErrors).toMatchObject([
      { message: expect.stringContaining("must be consistent with the definition's type") },
    ])
  })

  test('do not hold a value for an order that was deleted', async () => {
    open = await openShop()
    await define(definition)
    const [first, second] = [buy(open.shop, usual), buy(open.shop, usual)]
    await update(first.id, reship('ca:7'))
    deleteOrder(open.shop, first.id)
    expect((await update(second.id, reship('ca:7'))).userErrors).toEqual([])
  })
})

const claim = (ownerId: string, value: string, compareDigest: string | null = null) =>
  open.ask<Claimed>('claim-metafield', {
    metafields: [{ ownerId, namespace: 'desk', key: 'claim', type: 'single_line_text_field', value, compareDigest }],
  })

async function read(id: string): Promise<unknown> {
  const query = 'query ($id: ID!) { order(id: $id) { metafield(namespace: "desk", key: "claim") { value } } }'
  return (await open.ask<{ metafield: unknown }>(query, { id })).metafield
}

const define = (definition: object) => open.ask<object>('metafield-definition-id', { definition })

const byValue = (value: string) =>
  open.ask<{ id: string } | null>(
    'query ($value: String!) { orderByIdentifier(identifier: { customId: { namespace: "desk", key: "reship", value: $value } }) { id } }',
    { value },
  )
