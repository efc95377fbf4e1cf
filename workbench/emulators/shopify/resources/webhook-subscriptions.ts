import { mayHear } from '../graphql/access.ts'
import { legacyId } from '../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../graphql/pages.ts'
import { refused, userError } from '../graphql/refusal.ts'
import type { Ctx, Resource } from '../graphql/resource.ts'
import { drop, put } from '../store/entries.ts'
import type { Gid } from '../store/records/ids.ts'
import type { SubscriptionRecord } from '../store/records/shop.ts'
import { countOf } from './counting.ts'
import { sortedBy } from './sorting.ts'

interface Input {
  uri?: string | null
  callbackUrl?: string | null
  filter?: string | null
  format?: string | null
  includeFields?: string[] | null
  name?: string | null
}

interface ListArgs extends PageArgs {
  topics?: string[] | null
  uri?: string | null
  callbackUrl?: string | null
  sortKey?: string
}

/** Subscriptions made through the API: an app sees and changes its own alone. */
export const webhookSubscriptionsResource: Resource = {
  queries: {
    webhookSubscription: (_: unknown, { id }: { id: Gid }, ctx) => own(ctx, id) ?? null,
    webhookSubscriptions: (_: unknown, args: ListArgs, ctx) => connectionOf(listed(ctx, args), args),
    webhookSubscriptionsCount: (_: unknown, { limit }: { limit: number | null }, ctx) =>
      countOf(listed(ctx, {}).length, limit),
  },
  mutations: {
    webhookSubscriptionCreate: (_: unknown, args: { topic: string; webhookSubscription: Input }, ctx) =>
      create(ctx, args.topic, args.webhookSubscription),
    webhookSubscriptionUpdate: (_: unknown, args: { id: Gid; webhookSubscription: Input }, ctx) =>
      update(ctx, args.id, args.webhookSubscription),
    webhookSubscriptionDelete: (_: unknown, { id }: { id: Gid }, ctx) => remove(ctx, id),
  },
  types: {
    WebhookSubscription: {
      legacyResourceId: ({ id }: SubscriptionRecord) => legacyId(id),
      apiVersion: () => ({ handle: '2026-10', displayName: '2026-10 (Latest)', supported: true }),
      callbackUrl: ({ uri }: SubscriptionRecord) => uri,
      endpoint: ({ uri }: SubscriptionRecord) => ({ __typename: 'WebhookHttpEndpoint', callbackUrl: uri }),
      metafieldNamespaces: () => [],
      metafields: () => [],
    },
  },
  nodes: { WebhookSubscription: own },
}

function create(ctx: Ctx, topic: string, input: Input) {
  if (!mayHear(ctx, topic))
    return refused(userError('topic', 'You cannot create a webhook subscription with the specified topic'))
  const errors = uriErrors(ctx, topic, addressIn(input))
  if (errors.length > 0) return refused(...errors)
  const at = ctx.shop.at()
  const webhookSubscription: SubscriptionRecord = {
    id: ctx.shop.newGid('WebhookSubscription'),
    topic,
    uri: addressIn(input),
    clientId: ctx.app.clientId,
    filter: input.filter ?? null,
    includeFields: input.includeFields ?? [],
    format: input.format ?? 'JSON',
    name: input.name ?? null,
    createdAt: at,
    updatedAt: at,
  }
  ctx.shop.commit([put('subscriptions', webhookSubscription)])
  return { webhookSubscription, userErrors: [] }
}

function update(ctx: Ctx, id: Gid, input: Input) {
  const before = own(ctx, id)
  if (!before) return refused(notThere())
  const uri = addressIn(input) || before.uri
  const errors = uri === before.uri ? [] : uriErrors(ctx, before.topic, uri)
  if (errors.length > 0) return refused(...errors)
  const webhookSubscription: SubscriptionRecord = {
    ...before,
    uri,
    filter: input.filter === undefined ? before.filter : input.filter,
    includeFields: input.includeFields ?? before.includeFields,
    name: input.name === undefined ? before.name : input.name,
    updatedAt: ctx.shop.at(),
  }
  ctx.shop.commit([put('subscriptions', webhookSubscription)])
  return { webhookSubscription, userErrors: [] }
}

function remove(ctx: Ctx, id: Gid) {
  if (!own(ctx, id)) return refused(notThere())
  ctx.shop.commit([drop('subscriptions', id)])
  return { deletedWebhookSubscriptionId: id, userErrors: [] }
}

function own({ shop, app }: Ctx, id: Gid): SubscriptionRecord | undefined {
  const subscription = shop.tables.subscriptions.get(id)
  return subscription?.clientId === app.clientId ? subscription : undefined
}

function listed({ shop, app }: Ctx, { topics, uri, callbackUrl, sortKey }: ListArgs): SubscriptionRecord[] {
  const wanted = uri ?? callbackUrl
  const mine = [...shop.tables.subscriptions.all()].filter(
    (one) =>
      one.clientId === app.clientId && (!topics || topics.includes(one.topic)) && (!wanted || one.uri === wanted),
  )
  return sortedBy(mine, sortKey === 'ID' ? undefined : ({ createdAt }) => createdAt)
}

const addressIn = ({ uri, callbackUrl }: Input) => (uri ?? callbackUrl ?? '').trim()

/** Loopback may be plain HTTP here, where Shopify takes https alone. */
function uriErrors(ctx: Ctx, topic: string, uri: string) {
  if (uri === '') return [addressError("Address can't be blank")]
  if (!URL.canParse(uri)) return [addressError('Address is invalid')]
  const { protocol, hostname } = new URL(uri)
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback))
    return [addressError('Address protocol http:// is not supported')]
  const taken = ctx.shop.tables.subscriptions
    .by('topic', topic)
    .some((other) => other.clientId === ctx.app.clientId && other.uri === uri)
  return taken ? [addressError('Address for this topic has already been taken')] : []
}

const addressError = (message: string) => userError(['webhookSubscription', 'callbackUrl'], message)

const notThere = () => userError('id', 'Webhook subscription does not exist')
