import { afterEach, describe, expect, test } from '@jest/globals'
import { buy } from '../../../workbench/emulators/shopify/world/buying.ts'
import { receiver } from './receiver.ts'
import { ADA, type OpenShop, openShop, usual } from './shop-with-goods.ts'
import { CLIENT, FERN, graphql } from './start.ts'

interface Customer {
  id: string
  displayName: string
  numberOfOrders: string
  amountSpent: { amount: string }
  orders: { nodes: { name: string }[] }
  defaultEmailAddress: { emailAddress: string } | null
}

let open: OpenShop
afterEach(() => open.shopify.close())

describe('a customer', () => {
  test('is found by exact address, phone or id, whatever the index knows', async () => {
    open = await openShop({ indexLag: 3600 })
    const { customer } = await create({ email: 'Bea@Home.Example', phone: '+49 30 99887766', firstName: 'Bea' })
    for (const identifier of [
      { emailAddress: 'bea@home.example' },
      { phoneNumber: '+493099887766' },
      { id: customer?.id },
    ])
      expect((await card(identifier))?.id).toBe(customer?.id)
    expect(await card({ emailAddress: 'home.example' })).toBeNull()
    expect(await search('bea')).toEqual([])
  })

  test('an identifier names one thing', async () => {
    open = await openShop()
    const { errors } = await open.run('customer-card', { identifier: { emailAddress: 'a@b.example', id: ADA } })
    expect(errors).toHaveLength(1)
  })

  test('is worth what was paid less what came back', async () => {
    open = await openShop()
    buy(open.shop, usual)
    buy(open.shop, { ...usual, paid: [] })
    expect(await card({ id: ADA })).toMatchObject({
      displayName: 'Ada Moss',
      numberOfOrders: '2',
      amountSpent: { amount: '70.0' },
      orders: { nodes: [{ name: '#1002' }, { name: '#1001' }] },
    })
  })

  test('shows only the orders of the last 60 days to an app that may not read all', async () => {
    open = await openShop()
    buy(open.shop, usual)
    open.clock.travel(61 * 24 * 3_600_000)
    buy(open.shop, usual)
    const scopes = ['read_orders', 'read_customers']
    const token = open.shopify.apps.accessToken(FERN, CLIENT.id, scopes)
    const query = `{ customer(id: "${ADA}") { numberOfOrders orders(first: 5) { nodes { name } } } }`
    const { data } = await graphql(open.shopify, query, {}, { token })
    expect(data).toEqual({ customer: { numberOfOrders: '2', orders: { nodes: [{ name: '#1002' }] } } })
  })

  test('can be searched by words, and by more than one field', async () => {
    open = await openShop()
    await create({ email: 'bea@other.example', firstName: 'Bea', lastName: 'Moss', tags: ['vip'] })
    expect(await search('moss')).toEqual(['Ada Moss', 'Bea Moss'])
    expect(await search('email:"bea@other.example"')).toEqual(['Bea Moss'])
    expect(await search('last_name:moss -tag:vip')).toEqual(['Ada Moss'])
    expect(await search('phone:+4930123456')).toEqual(['Ada Moss'])
    expect(await search('orders_count:0')).toEqual(['Ada Moss', 'Bea Moss'])
  })

  test('a count by address counts everybody, with a warning', async () => {
    open = await openShop()
    await create({ email: 'bea@other.example' })
    expect(await open.ask('{ customersCount(query: "email:bea@other.example") { count precision } }')).toEqual({
      count: 2,
      precision: 'EXACT',
    })
  })

  test.each([
    [{ email: 'nobody' }, 'Email is invalid'],
    [{ email: 'ADA@home.example' }, 'Email has already been taken'],
    [{ email: 'new@home.example', phone: '+4930123456' }, 'Phone has already been taken'],
    [{ email: 'new@home.example', phone: 'x' }, 'Phone is invalid'],
    [{}, 'A name, phone number, or email address must be present'],
  ])('%j is refused', async (input, message) => {
    open = await openShop()
    expect((await create(input)).userErrors.map((error) => error.message)).toEqual([message])
  })

  test('who bought something cannot be deleted, who did not can', async () => {
    open = await openShop()
    const endpoint = await receiver()
    await open.run('webhook-subscribe', { topic: 'CUSTOMERS_DELETE', sub: { uri: endpoint.url } })
    buy(open.shop, usual)
    const { customer } = await create({ email: 'bea@other.example' })
    expect((await remove(ADA)).userErrors).toHaveLength(1)
    expect(await remove(String(customer?.id))).toMatchObject({ deletedCustomerId: customer?.id, userErrors: [] })
    await open.shopify.settle()
    expect(endpoint.received.map(({ body }) => JSON.parse(body).admin_graphql_api_id)).toEqual([customer?.id])
    await endpoint.close()
  })
})

describe('two customers that are one', () => {
  test('are merged into the second: orders and money follow, the first is gone', async () => {
    open = await openShop()
    const endpoint = await receiver()
    await open.run('webhook-subscribe', { topic: 'CUSTOMERS_MERGE', sub: { uri: endpoint.url } })
    const { customer } = await create({ email: 'ada@work.example', firstName: 'A.' })
    const order = buy(open.shop, usual)
    const kept = String(customer?.id)
    const merged = await merge(ADA, kept)
    expect(merged).toMatchObject({ resultingCustomerId: kept, userErrors: [] })
    expect(await card({ id: ADA })).toBeNull()
    expect(await card({ emailAddress: 'ada@home.example' })).toBeNull()
    expect(await card({ id: kept })).toMatchObject({
      numberOfOrders: '1',
      amountSpent: { amount: '70.0' },
      defaultEmailAddress: { emailAddress: 'ada@work.example' },
    })
    expect(await open.ask('query ($id: ID!) { order(id: $id) { customer { id } email } }', { id: order.id })).toEqual({
      customer: { id: kept },
      email: 'ada@work.example',
    })
    expect(await jobStatus(merged.job?.id)).toMatchObject({ status: 'COMPLETED', resultingCustomerId: kept })
    await open.shopify.settle()
    expect(endpoint.received.map(({ body }) => JSON.parse(body))).toEqual([
      expect.objectContaining({
        admin_graphql_api_customer_kept_id: kept,
        admin_graphql_api_customer_deleted_id: ADA,
      }),
    ])
    await endpoint.close()
  })

  test('stay two while one of them holds a gift card', async () => {
    open = await openShop()
    const { customer } = await create({ email: 'ada@work.example' })
    await open.run('gift-card-create', {
      input: { customerId: ADA, initialAmount: { amount: '5', currencyCode: 'EUR' } },
    })
    expect((await merge(ADA, String(customer?.id))).userErrors).toMatchObject([{ code: 'CUSTOMER_HAS_GIFT_CARDS' }])
    expect((await merge(ADA, ADA)).userErrors).toHaveLength(1)
    expect((await merge('gid://shopify/Customer/404', ADA)).userErrors).toMatchObject([{ code: 'INVALID_CUSTOMER_ID' }])
  })
})

describe('store credit', () => {
  test('is opened by the first credit, and every repeated credit adds up', async () => {
    open = await openShop()
    const creditInput = { creditAmount: { amount: '5.00', currencyCode: 'EUR' } }
    const first = await open.ask<{ storeCreditAccountTransaction: { account: { id: string } } }>(
      'store-credit-credit',
      {
        id: ADA,
        creditInput,
      },
    )
    const { id } = first.storeCreditAccountTransaction.account
    expect(await open.ask('store-credit-credit', { id, creditInput })).toMatchObject({
      storeCreditAccountTransaction: { balanceAfterTransaction: { amount: '10.0' } },
    })
    expect(open.shop.tables.effects.by('kind', 'store-credit.moved')).toHaveLength(2)
  })

  test.each([
    [{ amount: '0', currencyCode: 'EUR' }, ADA, 'NEGATIVE_OR_ZERO_AMOUNT'],
    [{ amount: '5', currencyCode: 'USD' }, ADA, 'UNSUPPORTED_CURRENCY'],
    [{ amount: '5', currencyCode: 'EUR' }, 'gid://shopify/Customer/404', 'OWNER_NOT_FOUND'],
    [{ amount: '5', currencyCode: 'EUR' }, 'gid://shopify/StoreCreditAccount/404', 'ACCOUNT_NOT_FOUND'],
  ])('%j for %s is refused', async (creditAmount, id, code) => {
    open = await openShop()
    expect(await open.ask('store-credit-credit', { id, creditInput: { creditAmount } })).toMatchObject({
      storeCreditAccountTransaction: null,
      userErrors: [{ code }],
    })
  })
})

interface Payload {
  customer: { id: string } | null
  userErrors: { message: string }[]
}

const create = (input: object) =>
  open.ask<Payload>(
    'mutation ($input: CustomerInput!) { customerCreate(input: $input) { customer { id } userErrors { field message } } }',
    { input },
  )

const remove = (id: string) =>
  open.ask<{ deletedCustomerId: string | null; userErrors: unknown[] }>(
    'mutation ($id: ID!) { customerDelete(input: { id: $id }) { deletedCustomerId userErrors { field message } } }',
    { id },
  )

const merge = (one: string, two: string) =>
  open.ask<{ resultingCustomerId: string | null; job: { id: string } | null; userErrors: unknown[] }>(
    `mutation ($one: ID!, $two: ID!) { customerMerge(customerOneId: $one, customerTwoId: $two)
    { resultingCustomerId job { id done } userErrors { field message code } } }`,
    { one, two },
  )

const jobStatus = (jobId: string | undefined) =>
  open.ask('query ($jobId: ID!) { customerMergeJobStatus(jobId: $jobId) { status resultingCustomerId } }', { jobId })

const card = (identifier: object) => open.ask<Customer | null>('customer-card', { identifier })

async function search(query: string): Promise<string[]> {
  const { nodes } = await open.ask<{ nodes: Customer[] }>(
    'query ($query: String!) { customers(first: 10, query: $query) { nodes { displayName } } }',
    { query },
  )
  return nodes.map(({ displayName }) => displayName).toSorted()
}
