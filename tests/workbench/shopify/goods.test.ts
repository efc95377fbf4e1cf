import { afterEach, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { type OpenShop, openShop, TEA, usual, WAREHOUSE } from './shop-with-goods.ts'

let open: OpenShop
afterEach(() => open.shopify.close())

test('a product shows its picture, its prices and what is left', async () => {
  open = await openShop()
  buy(open.shop, usual)
  const query = `query ($q: String!) { products(first: 5, query: $q) { nodes {
    title totalInventory featuredMedia { preview { image { url } } } priceRangeV2 { minVariantPrice { amount } }
    variants(first: 5) { nodes { id price inventoryItem { unitCost { amount currencyCode } } } } } } }`
  expect(await open.ask(query, { q: 'sku:TEA' })).toEqual({
    nodes: [
      {
        title: 'Green tea',
        totalInventory: 18,
        featuredMedia: { preview: { image: { url: 'https://cdn.fern.example/green-tea.png' } } },
        priceRangeV2: { minVariantPrice: { amount: '12.5' } },
        variants: {
          nodes: [{ id: TEA, price: '12.50', inventoryItem: { unitCost: { amount: '6.25', currencyCode: 'EUR' } } }],
        },
      },
    ],
  })
  expect(await open.ask(query, { q: 'tag:none' })).toEqual({ nodes: [] })
})

test('stock is known per place and by its states', async () => {
  open = await openShop()
  buy(open.shop, usual)
  const query = `query ($id: ID!) { productVariant(id: $id) { inventoryItem { inventoryLevels(first: 3) { nodes {
    location { id name } quantities(names: ["available", "committed", "on_hand"]) { name quantity } } } } } }`
  expect(await open.ask(query, { id: TEA })).toEqual({
    inventoryItem: {
      inventoryLevels: {
        nodes: [
          {
            location: { id: WAREHOUSE, name: 'Warehouse' },
            quantities: [
              { name: 'available', quantity: 18 },
              { name: 'committed', quantity: 2 },
              { name: 'on_hand', quantity: 20 },
            ],
          },
        ],
      },
    },
  })
})

test('what an order did is on its timeline', async () => {
  open = await openShop()
  const { id } = buy(open.shop, usual)
  expect(await open.ask('order-events', { id })).toMatchObject({
    events: { nodes: [{ __typename: 'BasicEvent', action: 'order_made', attributeToApp: false }] },
  })
})

test('a gift card that paid for an order is known by that order', async () => {
  open = await openShop()
  const { giftCard } = await open.ask<{ giftCard: { id: string } }>('gift-card-create', {
    input: { initialAmount: { amount: '70', currencyCode: 'EUR' } },
  })
  buy(open.shop, { ...usual, paid: [{ gateway: 'gift_card', giftCardId: giftCard.id }] })
  expect(await open.ask('gift-card-get', { id: giftCard.id })).toMatchObject({ balance: { amount: '0.0' } })
})
