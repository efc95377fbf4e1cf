import { afterEach, describe, expect, test } from '@jest/globals'
import { ADA, type OpenShop, openShop } from './shop-with-goods.ts'
import { CLIENT, FERN, graphql } from './start.ts'

interface Payload {
  giftCard: { id: string; lastCharacters: string; maskedCode: string } | null
  giftCardCode: string | null
  userErrors: { field: string[] | null; message: string; code: string | null }[]
}

const CODE = 'ccgc23456789abcdefgh'
const TEN = { amount: '10.00', currencyCode: 'EUR' }
const NOBODY = 'gid://shopify/Customer/404'

let open: OpenShop
afterEach(() => open.shopify.close())

describe('issuing a gift card', () => {
  test('the code is shown once, without the blanks and dashes somebody typed', async () => {
    open = await openShop()
    const { giftCard, giftCardCode } = await issue({ code: 'CCGC 2345-6789 abcdEFGH' })
    expect(giftCardCode).toBe(CODE)
    expect(giftCard).toMatchObject({ lastCharacters: 'efgh', maskedCode: '•••• •••• •••• efgh', enabled: true })
    expect(open.shop.tables.effects.by('kind', 'gift-card.made')).toHaveLength(1)
  })

  test('a taken code is refused without an error code, also when its card was deactivated', async () => {
    open = await openShop()
    const { giftCard } = await issue({ code: CODE })
    const taken = { field: ['input', 'code'], message: 'Code has already been taken', code: null }
    expect((await issue({ code: CODE.toUpperCase() })).userErrors).toEqual([taken])
    await open.run('gift-card-deactivate', { id: giftCard?.id })
    expect((await issue({ code: CODE })).userErrors).toEqual([taken])
    expect(open.shop.tables.effects.by('kind', 'gift-card.made')).toHaveLength(1)
  })

  test('the customer is looked at before the code', async () => {
    open = await openShop()
    await issue({ code: CODE })
    const { userErrors } = await issue({ code: CODE, customerId: NOBODY })
    expect(userErrors.map(({ code }) => code)).toEqual(['CUSTOMER_NOT_FOUND'])
  })

  test.each([
    [{ code: 'short-1' }, 'TOO_SHORT'],
    [{ code: 'a'.repeat(21) }, 'TOO_LONG'],
    [{ code: 'abcd_1234' }, 'INVALID'],
    [{ initialAmount: { amount: '0', currencyCode: 'EUR' } }, 'GREATER_THAN'],
    [{ initialAmount: { amount: '2000.01', currencyCode: 'EUR' } }, 'GIFT_CARD_LIMIT_EXCEEDED'],
    [{ initialAmount: { amount: '5', currencyCode: 'JPY' } }, 'INVALID'],
    [{ recipientAttributes: { id: NOBODY } }, 'RECIPIENT_NOT_FOUND'],
    [{ recipientAttributes: { id: ADA, message: 'x'.repeat(201) } }, 'TOO_LONG'],
    [{ recipientAttributes: { id: ADA, message: '<b>Hi</b>' } }, 'INVALID'],
    [{ recipientAttributes: { id: ADA, sendNotificationAt: '2099-01-01T00:00:00Z' } }, 'INVALID'],
  ])('%j is refused', async (input, code) => {
    open = await openShop()
    expect((await issue(input)).userErrors.map((error) => error.code)).toEqual([code])
    expect(open.shop.tables.giftCards.size).toBe(0)
  })

  test('a day in the past is taken: such a card can buy nothing', async () => {
    open = await openShop()
    const { giftCard } = await issue({ expiresOn: '2020-01-01' })
    const id = giftCard?.id
    expect(await open.ask('query ($id: ID!) { giftCard(id: $id) { isRedeemable } }', { id })).toEqual({
      isRedeemable: false,
    })
    expect(await open.ask('gift-card-credit', { id, creditInput: { creditAmount: TEN } })).toMatchObject({
      userErrors: [{ field: ['id'], code: 'INVALID', message: 'The gift card has expired.' }],
    })
  })

  test('the limit can be asked for', async () => {
    open = await openShop()
    expect(await open.ask('{ giftCardConfiguration { issueLimit { amount currencyCode } } }')).toEqual({
      issueLimit: { amount: '2000.0', currencyCode: 'EUR' },
    })
  })
})

describe('money on a gift card', () => {
  test('credit and debit change the balance and are listed with their notes', async () => {
    open = await openShop()
    const id = (await issue({})).giftCard?.id
    await open.run('gift-card-credit', { id, creditInput: { creditAmount: TEN, note: 'more' } })
    await open.run('gift-card-debit', { id, debitInput: { debitAmount: { ...TEN, amount: '2.50' }, note: 'less' } })
    expect(await open.ask('gift-card-get', { id })).toMatchObject({
      balance: { amount: '17.5' },
      initialValue: { amount: '10.0' },
      transactions: {
        nodes: [
          { note: 'more', amount: { amount: '10.0' } },
          { note: 'less', amount: { amount: '-2.5' } },
        ],
      },
    })
  })

  test.each([
    [
      'gift-card-debit',
      { debitInput: { debitAmount: { amount: '10.01', currencyCode: 'EUR' } } },
      'INSUFFICIENT_FUNDS',
    ],
    [
      'gift-card-debit',
      { debitInput: { debitAmount: { amount: '0', currencyCode: 'EUR' } } },
      'NEGATIVE_OR_ZERO_AMOUNT',
    ],
    [
      'gift-card-credit',
      { creditInput: { creditAmount: { amount: '5', currencyCode: 'SEK' } } },
      'MISMATCHING_CURRENCY',
    ],
    [
      'gift-card-credit',
      { creditInput: { creditAmount: { amount: '1991', currencyCode: 'EUR' } } },
      'GIFT_CARD_LIMIT_EXCEEDED',
    ],
    ['gift-card-credit', { creditInput: { creditAmount: TEN, processedAt: '2099-01-01T00:00:00Z' } }, 'INVALID'],
  ])('%s %j is refused', async (operation, input, code) => {
    open = await openShop()
    const id = (await issue({})).giftCard?.id
    expect(await open.ask(operation, { id, ...input })).toMatchObject({ userErrors: [{ code }] })
    expect(open.shop.tables.giftCards.get(String(id))?.balance.minor).toBe(1000)
  })

  test('a deactivated card takes nothing and can only get a note', async () => {
    open = await openShop()
    const id = (await issue({ customerId: ADA })).giftCard?.id
    await open.run('gift-card-deactivate', { id })
    const closed = { message: 'The gift card is deactivated.' }
    const creditInput = { creditAmount: TEN }
    expect(await open.ask('gift-card-credit', { id, creditInput })).toMatchObject({ userErrors: [closed] })
    expect(await update(id, { expiresOn: '2099-01-01' })).toMatchObject({ userErrors: [closed] })
    expect(await update(id, { note: 'lost' })).toMatchObject({ giftCard: { note: 'lost' }, userErrors: [] })
  })

  test('its holder is set once', async () => {
    open = await openShop()
    const id = (await issue({})).giftCard?.id
    expect(await update(id, { customerId: ADA })).toMatchObject({ userErrors: [] })
    const other = await open.ask<{ customer: { id: string } }>(
      'mutation { customerCreate(input: { email: "bea@home.example" }) { customer { id } } }',
    )
    expect((await update(id, { customerId: other.customer.id })).userErrors).toHaveLength(1)
  })

  test('the holder is told by mail, where there is one: when the card is made, and again when asked', async () => {
    open = await openShop()
    const [mine, nobodys] = [(await issue({ customerId: ADA })).giftCard?.id, (await issue({})).giftCard?.id]
    const sent = () => open.shop.tables.effects.by('kind', 'notice').map(({ notice }) => notice)
    expect(sent()).toEqual([{ what: 'gift-card', to: 'ada@home.example' }])
    expect(await open.ask('gift-card-notify', { id: mine })).toMatchObject({ userErrors: [] })
    expect(sent()).toHaveLength(2)
    expect(await open.ask('gift-card-notify', { id: nobodys })).toMatchObject({
      userErrors: [{ message: 'The gift card has no customer.' }],
    })
  })
})

test('an amount that its currency cannot hold is refused, never rounded and never a failure', async () => {
  open = await openShop()
  const fine = { initialAmount: { amount: '10.001', currencyCode: 'EUR' } }
  const { data, errors } = await open.run('gift-card-create', { input: fine })
  expect(data).toEqual({ giftCardCreate: null })
  expect(errors?.[0]).toMatchObject({ message: '10.001 EUR cannot be held exactly' })
})

describe('finding gift cards', () => {
  test('by customer, state and last characters', async () => {
    open = await openShop()
    await issue({ code: CODE, customerId: ADA, note: 'ada' })
    await issue({ code: 'zzzz99998888', note: 'nobody' })
    expect(await found('customer_id:51 AND source:api_client')).toEqual(['ada'])
    expect(await found('8888')).toEqual(['nobody'])
    expect(await found(CODE)).toEqual(['ada'])
    expect(await found('balance_status:full status:enabled')).toEqual(['ada', 'nobody'])
    expect(await found('balance_status:empty')).toEqual([])
    expect(await found('initial_value:>=10')).toEqual(['ada', 'nobody'])
  })

  test('by a field that does not exist finds every card, with a warning', async () => {
    open = await openShop()
    await issue({ note: 'one' })
    const { data, extensions } = await open.run('gift-card-find', { q: 'last_characters:efgh' })
    expect(data).toMatchObject({ giftCards: { nodes: [{ note: 'one' }] } })
    expect(extensions?.['search']).toEqual([
      {
        path: ['giftCards'],
        query: 'last_characters:efgh',
        parsed: { field: 'last_characters', match_all: 'efgh' },
        warnings: [
          { field: 'last_characters', message: 'Invalid search field for this query.', code: 'invalid_field' },
        ],
      },
    ])
  })

  test('for a customer needs the scope to write customers', async () => {
    open = await openShop()
    const token = open.shopify.apps.accessToken(FERN, CLIENT.id, ['write_gift_cards', 'read_customers'])
    const create =
      'mutation ($input: GiftCardCreateInput!) { giftCardCreate(input: $input) { userErrors { message } } }'
    const ask = (input: object) => graphql(open.shopify, create, { input: { initialAmount: TEN, ...input } }, { token })
    expect((await ask({})).errors).toBeUndefined()
    expect((await ask({ customerId: ADA })).errors?.[0]?.extensions?.['code']).toBe('ACCESS_DENIED')
    expect(open.shop.tables.giftCards.size).toBe(1)
  })

  test('needs the scope', async () => {
    open = await openShop()
    const token = open.shopify.apps.accessToken(FERN, CLIENT.id, ['read_orders'])
    const { errors } = await graphql(open.shopify, '{ giftCards(first: 1) { nodes { id } } }', {}, { token })
    expect(errors?.[0]?.extensions?.['code']).toBe('ACCESS_DENIED')
  })
})

const issue = (input: object) => open.ask<Payload>('gift-card-create', { input: { initialAmount: TEN, ...input } })

const update = (id: string | undefined, input: object) =>
  open.ask<Payload>(
    'mutation ($id: ID!, $input: GiftCardUpdateInput!) { giftCardUpdate(id: $id, input: $input) { giftCard { note } userErrors { field message } } }',
    { id, input },
  )

async function found(q: string): Promise<string[]> {
  const { nodes } = await open.ask<{ nodes: { note: string }[] }>('gift-card-find', { q })
  return nodes.map(({ note }) => note).toSorted()
}
