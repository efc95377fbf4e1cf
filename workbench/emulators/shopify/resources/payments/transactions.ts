import type { Resource } from '../../graphql/resource.ts'
import type { OrderRecord, TransactionRecord } from '../../store/records/orders.ts'
import { refundableOf } from '../orders/payments.ts'
import { partById } from '../orders/visibility.ts'
import { wholeOf } from '../orders/whole.ts'

export const transactionsResource: Resource = {
  nodes: { OrderTransaction: (ctx, id) => partById(ctx, 'transactions', id) },
  types: {
    OrderTransaction: {
      amountSet: ({ amount }: TransactionRecord) => amount,
      manualPaymentGateway: ({ manual }: TransactionRecord) => manual,
      manuallyCapturable: ({ kind }: TransactionRecord) => kind === 'AUTHORIZATION',
      multiCapturable: () => false,
      paymentDetails: detailsOf,
      accountNumber: ({ card }: TransactionRecord) => card && masked(card.number),
      parentTransaction: ({ parentId }: TransactionRecord, _args: unknown, { shop }) =>
        parentId && (shop.tables.transactions.get(parentId) ?? null),
      order: ({ orderId }: TransactionRecord, _args: unknown, { shop }) => shop.tables.orders.get(orderId) ?? null,
      maximumRefundableV2: (payment: TransactionRecord, _args: unknown, { shop }) => {
        if (payment.kind !== 'SALE' && payment.kind !== 'CAPTURE') return null
        const order = shop.tables.orders.get(payment.orderId) as OrderRecord
        return refundableOf(wholeOf(shop, order), payment).presentment
      },
      totalUnsettledSet: () => null,
      amountRoundingSet: () => null,
      authorizationExpiresAt: () => null,
      receiptJson: () => null,
      settlementCurrency: () => null,
      settlementCurrencyRate: () => null,
      shopifyPaymentsSet: () => null,
      currencyExchangeAdjustment: () => null,
      fees: () => [],
      device: () => null,
      location: () => null,
      user: () => null,
    },
  },
}

const masked = (number: string) => `•••• •••• •••• ${number.slice(-4)}`

/** PaymentDetails: what the customer paid with, where the gateway tells. */
export function detailsOf({ card, gateway }: Pick<TransactionRecord, 'card' | 'gateway'>) {
  if (card)
    return {
      ...NO_CARD,
      __typename: 'CardPaymentDetails',
      company: card.company,
      number: masked(card.number),
      wallet: card.wallet,
    }
  if (/paypal/i.test(gateway)) return { __typename: 'PaypalWalletPaymentDetails', paymentMethodName: 'paypal' }
  if (/klarna|ideal|bancontact|swish/i.test(gateway))
    return {
      __typename: 'LocalPaymentMethodsPaymentDetails',
      paymentDescriptor: null,
      paymentMethodName: gateway.toLowerCase(),
    }
  return null
}

const NO_CARD = {
  avsResultCode: null,
  bin: null,
  cvvResultCode: null,
  expirationMonth: null,
  expirationYear: null,
  name: null,
  paymentMethodName: 'card',
}
