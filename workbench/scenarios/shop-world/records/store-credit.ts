import type { StoreCreditRecord } from '../../../emulators/shopify/store/records/customers.ts'
import type { Gid } from '../../../emulators/shopify/store/records/ids.ts'
import type { OrderRecord, TransactionRecord } from '../../../emulators/shopify/store/records/orders.ts'
import { days } from '../../story.ts'
import type { ShopGround } from './ground.ts'

const GATEWAY = 'shopify_store_credit'
const LEFT_OVER = 510

/** Accounts of all who paid with credit or got a refund as credit; who paid with it had been given enough before. */
export function storeCreditsOf(
  ground: ShopGround,
  orders: readonly OrderRecord[],
  transactions: readonly TransactionRecord[],
): StoreCreditRecord[] {
  const moved = transactions.filter(({ gateway }) => gateway === GATEWAY)
  const customers = new Map(orders.map(({ id, customerId }) => [id, customerId]))
  return [...Map.groupBy(moved, ({ orderId }) => customers.get(orderId) ?? '')].map(([customerId, mine]) =>
    accountOf(ground, customerId, mine),
  )
}

function accountOf(ground: ShopGround, customerId: Gid, moved: readonly TransactionRecord[]): StoreCreditRecord {
  const currency = moved[0]?.amount.presentment.currency ?? ground.currency
  const spent = moved
    .filter(({ kind }) => kind === 'SALE')
    .reduce((sum, { amount }) => sum + amount.presentment.minor, 0)
  let balance = 0
  const entry = (at: string, minor: number, event: string) => {
    balance += minor
    return {
      id: ground.gid(minor < 0 ? 'StoreCreditAccountDebitTransaction' : 'StoreCreditAccountCreditTransaction'),
      at,
      amount: { minor, currency },
      balanceAfter: { minor: balance, currency },
      event,
      expiresAt: null,
    }
  }
  const transactions = [
    ...(spent > 0 ? [entry(ground.at(days(60)), spent + LEFT_OVER, 'ADJUSTMENT')] : []),
    ...moved.map(({ kind, createdAt, amount }) =>
      kind === 'REFUND'
        ? entry(createdAt, amount.presentment.minor, 'ORDER_REFUND')
        : entry(createdAt, -amount.presentment.minor, 'ORDER_PAYMENT'),
    ),
  ]
  return { id: ground.gid('StoreCreditAccount'), customerId, balance: { minor: balance, currency }, transactions }
}
