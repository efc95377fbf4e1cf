import type { Money } from '../../../../shared/money.ts'
import type { OrderStanding, RefundMade } from '../../../clients/shopify/index.ts'
import { newId } from '../../../platform/ids.ts'
import { leftToPerson } from '../../../platform/journal.ts'
import { shopifyIdOf } from '../../orders/index.ts'
import { openActionContent } from '../content.ts'
import { readAction } from '../locking.ts'
import { isTooOld } from './keys.ts'
import { RefundResult } from './results.ts'
import { type Settling, stepEffect } from './step.ts'

/** The only step that gives money back, under the key of its journal entry: sent again it is the same refund. */
export const refunding = stepEffect({
  kind: 'refund',
  result: RefundResult,
  comparesFirst: true,
  async run({ api, send, entry }, order) {
    const there = madeIn(order, send.mark)
    if (there) return there
    const { kind: _, mark, storeCredit, ...wish } = send
    const made = await api.refund(
      { ...wish, note: mark, storeCredit: storeCredit ? storeCredit.amount : null },
      entry.id,
    )
    return resultOf(made)
  },
  async find({ ctx, api, send, entry }) {
    const made = madeIn(await api.standing(send.orderId, 'money'), send.mark)
    return made ?? (isTooOld(ctx, entry) ? leftToPerson(TOO_OLD) : null)
  },
  says: (result) => ({
    source: `refund/${shopifyIdOf(result.id)}`,
    moved: movedBy(result),
    problem: problemOf(result),
  }),
  advice: () =>
    'Nothing was refunded. Review this again with what Shopify allows, or refund in Shopify and end this here.',
  also: keepPayout,
})

const TOO_OLD =
  'A day has passed since the refund was sent, and Shopify shows none with our mark. Look at the payments of this order in Shopify: if nothing was refunded, end this and begin again.'

function madeIn(order: OrderStanding | null, mark: string): RefundResult | null {
  const made = order?.refunds.find(({ note }) => note === mark)
  return made ? resultOf(made) : null
}

const resultOf = ({ id, at, amount, transactions }: RefundMade): RefundResult => ({
  kind: 'refund',
  id,
  at: at.toISOString(),
  amount,
  transactions,
})

const FAILED: ReadonlySet<string> = new Set(['FAILURE', 'ERROR'])

/** Without what a payment provider turned down; what is pending counts, for it is promised. */
function movedBy({ amount, transactions }: RefundResult): RefundResult['amount'] {
  if (transactions.length === 0) return amount
  const going = transactions.filter(({ status }) => !FAILED.has(status)).map((one) => one.amount)
  const total = (part: 'shop' | 'presentment'): Money => ({
    minor: going.reduce((sum, one) => sum + one[part].minor, 0),
    currency: amount[part].currency,
  })
  return { shop: total('shop'), presentment: total('presentment') }
}

function problemOf({ transactions }: RefundResult): string | null {
  const failed = transactions.filter(({ status }) => FAILED.has(status)).map(({ gateway }) => gateway)
  if (failed.length === 0) return null
  return `Shopify made the refund, but the payment provider turned it down (${failed.join(', ')}). Refund it in Shopify in another way.`
}

/** Money that was paid in cash: Shopify's books are right now, and finance still has to pay. */
async function keepPayout({ tx, box, step, result }: Settling<'refund', RefundResult>): Promise<void> {
  if (step.route !== 'payout') return
  const action = await readAction(tx, step.actionId)
  const { payee } = openActionContent(box, action.id, action.content).plan.input.refund ?? {}
  const { presentment } = movedBy(result)
  const id = newId(tx.now)
  await tx.payout.createMany({
    data: {
      workspaceId: tx.workspaceId,
      id,
      actionId: action.id,
      stepId: step.id,
      shopId: action.shopId,
      orderId: action.orderId,
      minor: BigInt(presentment.minor),
      currency: presentment.currency,
      payee: box.seal('payout.payee', id, JSON.stringify(payee ?? null)),
      state: 'to_pay',
      createdAt: tx.now,
    },
    skipDuplicates: true,
  })
}
