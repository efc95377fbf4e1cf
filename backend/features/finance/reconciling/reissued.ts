import { inWords } from '../../../../shared/money.ts'
import type { ShopGiftCard } from '../../../clients/shopify/index.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { shopifyIdOf } from '../../orders/index.ts'
import type { Difference } from './differences.ts'

/** A card that was given for one that was taken back: its note names its line of the issuance log. */
const MARK = /^gc:([0-9a-f-]{36})$/

export type Reissued = { issueId: string; card: ShopGiftCard }

export const reissuedAmong = (cards: readonly ShopGiftCard[]): Reissued[] =>
  cards.flatMap((card) => {
    const issueId = MARK.exec(card.note ?? '')?.[1]
    return issueId ? [{ issueId, card }] : []
  })

type Logged = {
  id: string
  shopifyId: bigint | null
  minor: bigint
  currency: string
  state: string
  orderId: string | null
}

/** An effect that is younger is perhaps being written down at this moment. */
const FRESH_MS = 60 * 60_000

/** Compares reissued cards with the issuance log, as those of actions are compared with the journal. */
export async function reissuedDifferences(tx: Tx, reissued: readonly Reissued[]): Promise<Difference[]> {
  if (reissued.length === 0) return []
  const logged: Logged[] = await tx.giftCardIssue.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: reissued.map(({ issueId }) => issueId) } },
    select: { id: true, shopifyId: true, minor: true, currency: true, state: true, orderId: true },
  })
  const byId = new Map(logged.map((row) => [row.id, row]))
  return reissued.flatMap(({ issueId, card }) => differenceOf(card, byId.get(issueId), tx.now))
}

function differenceOf(card: ShopGiftCard, row: Logged | undefined, now: Date): Difference[] {
  const name = `the gift card that ends with ${card.lastCharacters}`
  const differ = (difference: Difference['difference'], words: string): Difference[] => [
    { kind: 'gift_card', difference, words, orderId: row?.orderId ?? null },
  ]
  if (row?.shopifyId !== shopifyIdOf(card.id)) {
    if (row?.shopifyId === null && now.getTime() - card.createdAt.getTime() < FRESH_MS) return []
    return differ(
      'theirs_only',
      `Shopify has ${name}, given for one that was taken back. It bears our mark, and the log of cards does not know it.`,
    )
  }
  const here = { minor: Number(row.minor), currency: row.currency }
  if (here.minor !== card.initialValue.minor)
    return differ('amount', `Shopify says ${inWords(card.initialValue)} for ${name}, the log says ${inWords(here)}.`)
  if (!card.enabled && row.state === 'issued') return differ('status', `Somebody took ${name} back in Shopify.`)
  if (card.enabled && row.state === 'deactivated')
    return differ('status', `Here ${name} was taken back, and in Shopify it can still be spent.`)
  return []
}
