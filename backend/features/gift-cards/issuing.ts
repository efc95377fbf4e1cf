import type { Money } from '../../../shared/money.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { askWorkspace, boxFor } from '../../platform/asking.ts'
import { record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { lastOf, newCode } from './codes.ts'
import { giftCardIssued } from './events.ts'

const AAD = 'gift_card_issue.code'

export type WantedCard = {
  /** Chosen by the caller, who names the row in its own request. */
  id: string
  shopId: string
  amount: Money
  /** YYYY-MM-DD; null is never. */
  expiresOn: string | null
  customerShopifyId: bigint | null
  ticketId: string | null
  orderId: string | null
  actionId: string | null
  reasonCode: string
  by: Pick<Actor, 'kind' | 'id'>
  /** Whether Shopify is asked to send the card to the customer. */
  notify: boolean
}

/** Chooses the code and writes it down, sealed, before any call: however often the card is asked for, it is this one. */
export async function planIssue(tx: Tx, box: Box, wanted: WantedCard): Promise<{ issueId: string; last: string }> {
  const { id, amount, expiresOn, by, ...rest } = wanted
  const code = newCode()
  const last = lastOf(code)
  await tx.giftCardIssue.create({
    data: {
      ...rest,
      workspaceId: tx.workspaceId,
      id,
      state: 'planned',
      code: box.seal(AAD, id, code),
      last,
      minor: BigInt(amount.minor),
      currency: amount.currency,
      expiresOn: expiresOn === null ? null : new Date(`${expiresOn}T00:00:00Z`),
      byId: by.kind === 'staff' ? by.id : null,
      createdAt: tx.now,
    },
  })
  return { issueId: id, last }
}

/** The whole code, for the call that issues the card. It goes nowhere else. */
export async function readCode(ctx: Ctx, workspaceId: string, issueId: string): Promise<string> {
  const sql = Prisma.sql`select code from desk.gift_card_issue where workspace_id = ${workspaceId}::uuid and id = ${issueId}::uuid`
  const [row] = await askWorkspace<{ code: Uint8Array | null }>(ctx, workspaceId, sql)
  if (!row?.code) throw new Error(`The code of gift card ${issueId} was never known here`)
  return openSealedCode(await boxFor(ctx, workspaceId), issueId, row.code)
}

export const openSealedCode = (box: Box, issueId: string, sealed: Uint8Array): string =>
  box.openText(AAD, issueId, sealed)

/** Shopify has confirmed the card. The second time changes nothing. @param made.shopifyId the digits of its id */
export async function markIssued(tx: Tx, issueId: string, made: { shopifyId: bigint; at: Date }): Promise<void> {
  const [row] = await tx.giftCardIssue.updateManyAndReturn({
    where: { workspaceId: tx.workspaceId, id: issueId, state: { in: ['planned', 'refused'] } },
    data: { state: 'issued', shopifyId: made.shopifyId, issuedAt: made.at },
  })
  if (!row) return
  await record(tx, [
    giftCardIssued({
      giftCardId: issueId,
      shopId: row.shopId,
      ticketId: row.ticketId,
      actionId: row.actionId,
      reasonCode: row.reasonCode,
      minor: Number(row.minor),
      currency: row.currency,
      by: row.byId === null ? { kind: 'system', id: null } : { kind: 'staff', id: row.byId },
    }),
  ])
}

/** Shopify will not make the card as it is. It may be asked for again, with the same code. */
export async function markRefused(tx: Tx, issueId: string): Promise<void> {
  await tx.giftCardIssue.updateMany({
    where: { workspaceId: tx.workspaceId, id: issueId, state: 'planned' },
    data: { state: 'refused' },
  })
}

/** A card that nobody has asked for yet gets another amount or end, as an approver lowered it. */
export async function changeIssue(
  tx: Tx,
  issueId: string,
  { amount, expiresOn }: { amount: Money; expiresOn: string | null },
): Promise<void> {
  await tx.giftCardIssue.updateMany({
    where: { workspaceId: tx.workspaceId, id: issueId, state: { in: ['planned', 'refused'] } },
    data: {
      minor: BigInt(amount.minor),
      currency: amount.currency,
      expiresOn: expiresOn === null ? null : new Date(`${expiresOn}T00:00:00Z`),
    },
  })
}

/** The card will not be asked for any more: its action was undone, declined or stopped. Only what Shopify never saw is forgotten. */
export async function dropIssue(tx: Tx, issueId: string): Promise<void> {
  await tx.giftCardIssue.deleteMany({
    where: { workspaceId: tx.workspaceId, id: issueId, state: { in: ['planned', 'refused'] } },
  })
}
