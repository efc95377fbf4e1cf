import { randomUUID } from 'node:crypto'
import { connectionOf, type PageArgs } from '../graphql/pages.ts'
import { refused, userError } from '../graphql/refusal.ts'
import type { Ctx, Resource } from '../graphql/resource.ts'
import { date, id, type SearchFields, text, word } from '../graphql/search/fields.ts'
import { foundIn, searchIn } from '../graphql/search/in-tables.ts'
import { sortedBy } from '../resources/sorting.ts'
import type { Shop } from '../shop.ts'
import { put } from '../store/entries.ts'
import type { Gid } from '../store/records/ids.ts'
import type { BulkRecord } from '../store/records/shop.ts'
import { bulkRunsOf, isOpen } from './runs.ts'
import { isExpired } from './states.ts'
import { bulkQuery } from './validating.ts'

/** Since 2026-01; before it was one. */
const AT_ONCE = 5

interface ListArgs extends PageArgs {
  query?: string | null
  sortKey: string
}

export const bulkOperationsResource: Resource = {
  queries: {
    bulkOperation: (_: unknown, { id: wanted }: { id: Gid }, ctx) => own(ctx, wanted) ?? null,
    currentBulkOperation: (_: unknown, { type }: { type: string }, ctx) =>
      mine(ctx).findLast((bulk) => bulk.type === type) ?? null,
    bulkOperations: (_: unknown, args: ListArgs, ctx, info) => {
      const search = searchIn(ctx, info, args.query, fields)
      const found = [...foundIn(ctx, ctx.shop.tables.bulkOperations, search, mine(ctx))]
      const keyOf = (bulk: BulkRecord) => (args.sortKey === 'COMPLETED_AT' ? (bulk.completedAt ?? '') : bulk.createdAt)
      return connectionOf(sortedBy(found, keyOf), { ...args, reverse: !args.reverse })
    },
  },
  mutations: {
    bulkOperationRunQuery: (_: unknown, args: { query: string; groupObjects: boolean }, ctx) => run(ctx, args),
    bulkOperationCancel: (_: unknown, { id: wanted }: { id: Gid }, ctx) => cancel(ctx, wanted),
  },
  types: {
    BulkOperation: {
      status: (bulk: BulkRecord, _: unknown, { shop }) =>
        bulk.status === 'COMPLETED' && isExpired(shop, bulk) ? 'EXPIRED' : bulk.status,
      objectCount: (bulk: BulkRecord, _: unknown, { shop }) => progress(shop, bulk)?.objects ?? bulk.objectCount,
      rootObjectCount: (bulk: BulkRecord, _: unknown, { shop }) => progress(shop, bulk)?.roots ?? bulk.rootObjectCount,
      url: (bulk: BulkRecord, _: unknown, { shop }) => (bulk.status === 'COMPLETED' ? addressOf(shop, bulk) : null),
      partialDataUrl: (bulk: BulkRecord, _: unknown, { shop }) =>
        bulk.status === 'FAILED' || bulk.status === 'CANCELED' ? addressOf(shop, bulk) : null,
    },
  },
  nodes: { BulkOperation: own },
}

function run(ctx: Ctx, { query, groupObjects }: { query: string; groupObjects: boolean }) {
  const { shop, app } = ctx
  const open = mine(ctx).filter(isOpen)
  if (open.length >= AT_ONCE) return refused(busy(open))
  const prepared = bulkQuery(shop.ground, query)
  if (Array.isArray(prepared)) return refused(...prepared)
  const bulkOperation: BulkRecord = {
    id: shop.newGid('BulkOperation'),
    query,
    clientId: app.clientId,
    type: 'QUERY',
    status: 'CREATED',
    createdAt: shop.at(),
    dueAt: shop.at(),
    completedAt: null,
    errorCode: null,
    objectCount: 0,
    rootObjectCount: 0,
    fileSize: null,
    key: randomUUID(),
    grouped: groupObjects,
  }
  shop.commit([put('bulkOperations', bulkOperation)])
  bulkRunsOf(shop.ground).startDue(shop)
  return { bulkOperation, userErrors: [] }
}

const busy = (open: BulkRecord[]) =>
  userError(
    null,
    `A bulk query operation for this app and shop is already in progress: ${open.map((bulk) => bulk.id).join(', ')}.`,
    'OPERATION_IN_PROGRESS',
  )

function cancel(ctx: Ctx, wanted: Gid) {
  const bulk = own(ctx, wanted)
  if (!bulk) return refused(userError('id', 'Bulk operation does not exist'))
  if (!isOpen(bulk)) {
    const words = `A bulk operation cannot be canceled when it is ${bulk.status.toLowerCase()}`
    return { bulkOperation: bulk, userErrors: [userError(null, words)] }
  }
  const bulkOperation: BulkRecord = { ...bulk, status: 'CANCELING' }
  ctx.shop.commit([put('bulkOperations', bulkOperation)])
  return { bulkOperation, userErrors: [] }
}

const mine = ({ shop, app }: Ctx): BulkRecord[] =>
  sortedBy(
    [...shop.tables.bulkOperations.all()].filter(({ clientId }) => clientId === app.clientId),
    undefined,
  )

function own({ shop, app }: Ctx, wanted: Gid): BulkRecord | undefined {
  const bulk = shop.tables.bulkOperations.get(wanted)
  return bulk?.clientId === app.clientId ? bulk : undefined
}

const progress = (shop: Shop, { id: of }: BulkRecord) => bulkRunsOf(shop.ground).progressOf(of)

/** No file for an empty result, and none after a week. */
const addressOf = (shop: Shop, bulk: BulkRecord) =>
  bulk.objectCount === 0 || isExpired(shop, bulk) ? null : `${shop.ground.url()}/${shop.domain}/bulk/${bulk.key}.jsonl`

const fields: SearchFields<BulkRecord> = {
  default: text(({ id: of }) => of),
  id: id(({ id: of }) => of),
  status: word(({ status }) => status),
  operation_type: word(({ type }) => type),
  created_at: date(({ createdAt }) => createdAt),
}
