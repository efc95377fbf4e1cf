import { expect, test } from '@jest/globals'
import {
  getNamedType,
  NoDeprecatedCustomRule,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { SHOPIFY_SCOPES } from '../../backend/clients/shopify/index.ts'
import { BULK_DOCUMENTS, OPERATIONS } from '../../backend/clients/shopify/operations/all.ts'
import { ORDERS_PER_BATCH, ORDERS_PER_PAGE } from '../../backend/clients/shopify/operations/orders.ts'
import { Cost } from '../../backend/clients/shopify/throttling.ts'
import { adminSchema } from '../../workbench/emulators/shopify/schema/schema.ts'
import { graphql, start, tokenFor } from '../workbench/shopify/start.ts'

const documents: [string, string][] = [
  ...OPERATIONS.map(({ name, document }): [string, string] => [name, document]),
  ...BULK_DOCUMENTS.map((document, index): [string, string] => [`bulk ${index + 1}`, document]),
]

/** What is wrong with a document: against the schema, with what is on its way out, and beyond what we ask to see. */
function problemsOf(text: string): string[] {
  const document = parse(text)
  const errors = validate(adminSchema().graphql, document, [...specifiedRules, NoDeprecatedCustomRule])
  return [...errors.map(({ message }) => message), ...scopesBeyondOurs(text)]
}

function scopesBeyondOurs(text: string): string[] {
  const { graphql, scopes } = adminSchema()
  const ours = new Set<string>(SHOPIFY_SCOPES)
  const found = new Set<string>()
  const types = new TypeInfo(graphql)
  const enter = () => {
    const parent = types.getParentType()?.name
    const field = types.getFieldDef()?.name
    const type = getNamedType(types.getType())?.name
    for (const coordinate of [`${parent}.${field}`, type ?? '']) {
      const any = scopes.get(coordinate)
      if (any && !any.some((scope) => ours.has(scope))) found.add(`${coordinate} needs one of ${any.join(', ')}`)
    }
  }
  visit(parse(text), visitWithTypeInfo(types, { Field: { enter } }))
  return [...found]
}

test.each(documents)('%s fits the schema, uses nothing deprecated, and stays within our scopes', (_name, document) => {
  expect(problemsOf(document)).toEqual([])
})

test.each([
  ['a field that does not exist', 'query Wrong { shop { favouriteColour } }', /favouriteColour/],
  ['a field on its way out', 'query Wrong($id: ID!) { order(id: $id) { totalPrice } }', /deprecated/],
  ['a variable of the wrong type', 'query Wrong($id: Int!) { order(id: $id) { id } }', /type "Int!"/],
  ['a field without its selection', 'query Wrong($id: ID!) { order(id: $id) }', /selection of subfields/],
  ['what we never ask to see', 'query Wrong { themes(first: 1) { nodes { id } } }', /read_themes/],
])('an operation with %s does not pass', (_name, document, problem) => {
  expect(problemsOf(document).join('\n')).toMatch(problem)
})

test('every operation has a name of its own, which is that of its document', () => {
  expect(new Set(OPERATIONS.map(({ name }) => name)).size).toBe(OPERATIONS.length)
  for (const { name, kind, document } of OPERATIONS) expect(document).toMatch(new RegExp(`^${kind} ${name}\\b`))
})

/** Ids of the right kind, so that Shopify looks at the document at all; none of them is there. */
const IDS: Record<string, string> = {
  RefundLines: 'gid://shopify/Refund/1',
  WebhookUnsubscribe: 'gid://shopify/WebhookSubscription/1',
  BulkState: 'gid://shopify/BulkOperation/1',
  RefundById: 'gid://shopify/Refund/1',
  CancelJob: 'gid://shopify/OrderCancelJobResult/1',
  GiftCard: 'gid://shopify/GiftCard/1',
  DeactivateGiftCard: 'gid://shopify/GiftCard/1',
  MailGiftCardToCustomer: 'gid://shopify/GiftCard/1',
  MailGiftCardToRecipient: 'gid://shopify/GiftCard/1',
  Hold: 'gid://shopify/FulfillmentOrder/1',
  ReleaseHold: 'gid://shopify/FulfillmentOrder/1',
  HoldsOf: 'gid://shopify/FulfillmentOrder/1',
  ToSendLines: 'gid://shopify/FulfillmentOrder/1',
  VariantsOfProduct: 'gid://shopify/Product/1',
}

test('no operation asks for more points than Shopify gives at once, nor for more than it says', async () => {
  const shopify = await start()
  try {
    const token = await tokenFor(shopify)
    const asked = await Promise.all(
      OPERATIONS.map(async ({ name, document, cost }) => {
        const { extensions, errors } = await graphql(shopify, document, variablesOf(document, name), { token })
        const told = Cost.safeParse(extensions?.['cost'])
        return { name, cost, points: told.success ? told.data.requestedQueryCost : JSON.stringify(errors) }
      }),
    )
    const wrong = asked.filter(({ cost, points }) => typeof points !== 'number' || points > cost || cost >= 1_000)
    expect(wrong).toEqual([])
  } finally {
    await shopify.close()
  }
})

function variablesOf(document: string, name: string): Record<string, unknown> {
  const all = {
    id: IDS[name] ?? 'gid://shopify/Order/1',
    ids: Array.from({ length: ORDERS_PER_BATCH }, (_, index) => `gid://shopify/Order/${index + 1}`),
    query: '',
    first: ORDERS_PER_PAGE,
    sortKey: 'UPDATED_AT',
    reverse: true,
    topic: 'ORDERS_CREATE',
    subscription: { uri: 'https://desk.example/hooks' },
    input: INPUTS[name],
    identifier: name === 'Customer' ? { id: 'gid://shopify/Customer/1' } : { customId: { key: 'mark', value: 'none' } },
    ...ACTS,
  }
  return Object.fromEntries(Object.entries(all).filter(([key]) => document.includes(`$${key}:`)))
}

const COUNTRY = { countryCode: 'DE' }

/** What is sent as `$input`, by operation. */
const INPUTS: Record<string, unknown> = {
  Refund: { orderId: 'gid://shopify/Order/1' },
  CreateGiftCard: { code: 'x' },
  DeliveryMethods: { lineItems: [], shippingAddress: COUNTRY },
}

/** The rest of what acts need, so that Shopify looks at them at all; none does anything. */
const ACTS = {
  key: 'k',
  reason: 'OTHER',
  restock: false,
  notify: false,
  staffNote: null,
  order: { lineItems: [] },
  definition: { name: '', ownerType: 'ORDER', key: 'mark', type: 'id' },
  hold: { reason: 'OTHER' },
  holdIds: [],
  tags: [],
}
