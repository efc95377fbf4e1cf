import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { openCustomer } from '../customers.ts'
import { openDocument } from '../summary.ts'
import { endRequest, openSubject, type PrivacyKind } from './requests.ts'

export type PrivacyRequestRow = {
  id: string
  kind: PrivacyKind
  shop: string
  customer: string | null
  askedAt: Date
  dueAt: Date
  doneAt: Date | null
}

/** Requests that wait, the nearest day first, then those that were done lately. */
export const privacyRequests = (tx: Tx, limit = 200): Promise<PrivacyRequestRow[]> =>
  tx.$queryRaw<PrivacyRequestRow[]>`
    select r.id::text, r.kind, coalesce(s.domain, '') as shop, r.customer, r.asked_at as "askedAt", r.due_at as "dueAt", r.done_at as "doneAt"
    from desk.privacy_request r left join desk.shop s on s.workspace_id = r.workspace_id and s.id = r.shop_id
    where r.workspace_id = ${tx.workspaceId}::uuid order by (r.done_at is not null), r.due_at limit ${limit}`

/** A person did what was asked. @throws DeskError not_found */
export const markDone = (ctx: Ctx, workspaceId: string, requestId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => endRequest(tx, await ctx.keyring.box(tx), await requestOf(tx, requestId)))

/** Everything that the cache of a shop holds about the customer who asked, in the clear. @throws DeskError not_found */
export const tellOf = (ctx: Ctx, workspaceId: string, requestId: string): Promise<Record<string, unknown>> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const request = await requestOf(tx, requestId)
      const box = await ctx.keyring.box(tx)
      const { orders: named, ...person } = openSubject(box, requestId, request.subject)
      const orders = await ordersOf(tx, request.shopId, request.customer, named)
      const customerShopifyId = request.customer === null ? null : BigInt(request.customer)
      const theirs = { workspaceId, shopId: request.shopId, customerShopifyId }
      return {
        request: { id: requestId, kind: request.kind, askedAt: request.askedAt },
        person: { shopifyId: request.customer, ...person },
        customer: await customerOf(tx, box, request.shopId, customerShopifyId),
        orders: orders.map(({ id, document }) => openDocument(box, id, document)),
        ticketsWithTheseOrders: await ticketsOf(
          tx,
          orders.map(({ id }) => id),
        ),
        giftCards: customerShopifyId === null ? [] : (await tx.shopGiftCard.findMany({ where: theirs })).map(plain),
        issuedGiftCards:
          customerShopifyId === null
            ? []
            : (await tx.giftCardIssue.findMany({ where: theirs, select: ISSUED })).map(plain),
        compensation: customerShopifyId === null ? [] : (await tx.compensation.findMany({ where: theirs })).map(plain),
      }
    },
    { reads: true },
  )

/** Without the code: telling what is known of someone hands out no money. */
const ISSUED = {
  id: true,
  state: true,
  last: true,
  minor: true,
  currency: true,
  expiresOn: true,
  reasonCode: true,
  issuedAt: true,
} as const

async function requestOf(tx: Tx, id: string) {
  const request = await tx.privacyRequest.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!request) throw new DeskError('not_found', 'There is no such request. See: npm run admin -- shop privacy list')
  return request
}

const ordersOf = (tx: Tx, shopId: string, customer: string | null, named: readonly string[]) =>
  tx.$queryRaw<{ id: string; document: Uint8Array }[]>`
    select id::text, document from desk.shop_order
    where workspace_id = ${tx.workspaceId}::uuid and shop_id = ${shopId}::uuid and (shopify_id = any(${named}::bigint[]) or id in (
      select order_id from desk.order_key where workspace_id = ${tx.workspaceId}::uuid and kind = 'customer' and key = ${`${shopId}:${customer}`}))
    order by placed_at`

async function customerOf(tx: Tx, box: Box, shopId: string, shopifyId: bigint | null): Promise<unknown> {
  if (shopifyId === null) return null
  const where = { workspaceId_shopId_shopifyId: { workspaceId: tx.workspaceId, shopId, shopifyId } }
  const row = await tx.shopCustomer.findUnique({ where })
  return row && openCustomer(box, shopId, shopifyId, row.document)
}

const ticketsOf = async (tx: Tx, orders: string[]): Promise<number[]> => {
  const { workspaceId } = tx
  const where = { workspaceId, id: { in: (await linksOf(tx, orders)).map(({ ticketId }) => ticketId) } }
  return (await tx.ticket.findMany({ where, select: { number: true }, orderBy: { number: 'asc' } })).map(
    (one) => one.number,
  )
}

const linksOf = (tx: Tx, orders: string[]) =>
  tx.ticketOrder.findMany({
    where: { workspaceId: tx.workspaceId, orderId: { in: orders } },
    select: { ticketId: true },
  })

/** JSON knows no big numbers. */
const plain = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== 'workspaceId')
      .map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]),
  )
