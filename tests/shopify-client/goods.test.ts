import { afterEach, expect, test } from '@jest/globals'
import { changePolicy } from '../../workbench/emulators/shopify/resources/policies.ts'
import { put } from '../../workbench/emulators/shopify/store/entries.ts'
import { POT, TEA } from '../workbench/shopify/shop-with-goods.ts'
import { type Connected, connected } from './connected.ts'

let open: Connected
afterEach(() => open.close())

const change = (id: string, patch: object) => {
  const variant = open.shop.tables.variants.get(id)
  if (variant) open.shop.commit([put('variants', { ...variant, ...patch })])
}

test('goods say what they cost, how many are left and whether they are sold', async () => {
  open = await connected()
  expect(await open.fern.variants([TEA, 'gid://shopify/ProductVariant/999', POT], 'person')).toMatchObject([
    {
      id: TEA,
      title: '',
      productTitle: 'Green tea',
      sku: 'TEA',
      price: { minor: 1_250, currency: 'EUR' },
      available: 20,
      oversold: false,
      forSale: true,
      discontinued: false,
      requiresShipping: true,
      image: 'https://cdn.fern.example/green-tea.png',
    },
    { id: POT, productTitle: 'Tea pot' },
  ])
})

test('goods that nobody counts, that are sold out, or that were taken off sale', async () => {
  open = await connected()
  change(TEA, { tracked: false })
  expect(await open.fern.variants([TEA], 'person')).toMatchObject([{ available: null, forSale: true }])
  const level = open.shop.tables.levels.by('inventoryItemId', 'gid://shopify/InventoryItem/32')[0]
  if (level) open.shop.commit([put('levels', { ...level, available: 0, onHand: 0 })])
  expect(await open.fern.variants([POT], 'person')).toMatchObject([{ available: 0, forSale: false }])
  change(POT, { inventoryPolicy: 'CONTINUE' })
  expect(await open.fern.variants([POT], 'person')).toMatchObject([{ available: 0, oversold: true, forSale: true }])
  const product = open.shop.tables.products.get('gid://shopify/Product/22')
  if (product) open.shop.commit([put('products', { ...product, status: 'ARCHIVED' })])
  expect(await open.fern.variants([POT], 'person')).toMatchObject([{ forSale: false, discontinued: true }])
})

test('more goods than one call names are all found', async () => {
  open = await connected()
  const tea = open.shop.tables.variants.get(TEA)
  if (!tea) throw new Error('no tea')
  const many = Array.from({ length: 70 }, (_, n) => ({
    ...tea,
    id: open.shop.newGid('ProductVariant'),
    title: `Tin ${n}`,
    sku: `TIN-${n}`,
    position: n + 2,
  }))
  open.shop.commit(many.map((one) => put('variants', one)))
  const ids = many.map(({ id }) => id)
  expect((await open.fern.variants(ids, 'person')).map(({ id }) => id)).toEqual(ids)
  const all = await open.fern.variantsOfProduct('gid://shopify/Product/21', 'person')
  expect(all.map(({ id }) => id)).toEqual([TEA, ...ids])
  expect(await open.fern.variantsOfProduct('gid://shopify/Product/999', 'person')).toEqual([])
})

test('goods are found by exactly their stock number', async () => {
  open = await connected()
  expect(await open.fern.variantBySku('tea', 'person')).toMatchObject({ id: TEA })
  expect(await open.fern.variantBySku('TE', 'person')).toBeNull()
  expect(await open.fern.variantBySku('TEA" OR sku:"POT', 'person')).toBeNull()
})

test('a shop sends to its countries, in its ways', async () => {
  open = await connected()
  changePolicy(open.shop, { shipsTo: ['DE', 'AT'], delivery: [{ title: 'Parcel', minor: 490 }] })
  expect(await open.fern.shipsTo('person')).toEqual(['DE', 'AT'])
  const ways = (country: string) =>
    open.fern.deliveryMethods(
      { lines: [{ variantId: TEA, quantity: 1 }], address: { city: 'Graz', country } },
      'person',
    )
  expect(await ways('AT')).toEqual([{ title: 'Parcel', price: { minor: 490, currency: 'EUR' } }])
  expect(await ways('US')).toEqual([])
})
