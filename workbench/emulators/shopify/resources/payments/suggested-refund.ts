import type { Resource } from '../../graphql/resource.ts'
import type { Bag } from '../../store/records/money.ts'
import type { OrderRecord, TransactionRecord } from '../../store/records/orders.ts'
import { least, minus, nothing, takenFrom, total } from '../bags.ts'
import { refundableMoney, refundableOf, successful } from '../orders/payments.ts'
import { currentQuantity, unfulfilledQuantity } from '../orders/quantities.ts'
import { taxOnShipping } from '../orders/totals.ts'
import { lineById, lineSource, type Whole, wholeOf } from '../orders/whole.ts'
import { mainLocation } from '../stock.ts'
import { minorIn, type RefundLineInput } from './refund-input.ts'
import { type Leaving, shippingLeft, suggestedAmount, worth, worthOf } from './refund-worth.ts'
import { detailsOf } from './transactions.ts'

interface SuggestionArgs {
  refundLineItems?: RefundLineInput[] | null
  refundShipping?: boolean | null
  shippingAmount?: string | null
  suggestFullRefund?: boolean | null
  refundMethodAllocation: 'ORIGINAL_PAYMENT_METHODS' | 'STORE_CREDIT'
}

export const suggestedRefundResource: Resource = {
  types: {
    Order: {
      suggestedRefund: (order: OrderRecord, args: SuggestionArgs, { shop }) =>
        suggestion(wholeOf(shop, order), args, mainLocation(shop)),
    },
  },
}

function suggestion(whole: Whole, args: SuggestionArgs, locationId: string) {
  const { order } = whole
  const parts = worthOf(whole, args.suggestFullRefund ? everything(whole, locationId) : wanted(whole, args, locationId))
  const shipping = shippingIn(whole, args)
  const amount = suggestedAmount(whole, worth(whole, parts, shipping))
  const subtotal = total(
    order,
    parts.map((part) => part.subtotal),
  )
  const toCredit = args.refundMethodAllocation === 'STORE_CREDIT'
  return {
    amountSet: amount,
    maximumRefundableSet: refundableMoney(whole),
    subtotalSet: subtotal,
    discountedSubtotalSet: subtotal,
    totalCartDiscountAmountSet: nothing(order),
    totalDutiesSet: nothing(order),
    totalTaxSet: total(order, [taxOnShipping(whole, shipping), ...parts.map(({ tax }) => tax)]),
    shipping: {
      amountSet: shipping,
      maximumRefundableSet: shippingLeft(whole),
      taxSet: taxOnShipping(whole, shipping),
    },
    refundDuties: [],
    refundLineItems: parts.map(({ line, ...part }) => ({
      ...part,
      id: null,
      lineId: line.id,
      whole,
      lineItem: lineSource(whole, line),
    })),
    suggestedTransactions: toCredit ? [] : spread(whole, amount),
    suggestedRefundMethods: toCredit
      ? [
          {
            __typename: 'SuggestedStoreCreditRefund',
            amount,
            maximumRefundable: refundableMoney(whole),
            expiresAt: null,
          },
        ]
      : [],
  }
}

const everything = (whole: Whole, locationId: string): Leaving[] =>
  whole.order.lines.flatMap((line) => {
    const cancelled = Math.min(currentQuantity(whole, line), unfulfilledQuantity(whole, line))
    const returned = currentQuantity(whole, line) - cancelled
    return [
      ...(cancelled > 0 ? [{ line, quantity: cancelled, restockType: 'CANCEL' as const, locationId }] : []),
      ...(returned > 0 ? [{ line, quantity: returned, restockType: 'RETURN' as const, locationId }] : []),
    ]
  })

/** More units than there are count as all there are: a suggestion refuses nothing. */
const wanted = (whole: Whole, { refundLineItems }: SuggestionArgs, locationId: string): Leaving[] =>
  (refundLineItems ?? []).flatMap((input) => {
    const line = lineById(whole, input.lineItemId)
    const quantity = Math.min(input.quantity, line ? currentQuantity(whole, line) : 0)
    if (!line || quantity < 1) return []
    return [
      { line, quantity, restockType: input.restockType ?? 'NO_RESTOCK', locationId: input.locationId ?? locationId },
    ]
  })

function shippingIn(whole: Whole, { refundShipping, shippingAmount, suggestFullRefund }: SuggestionArgs): Bag {
  const left = shippingLeft(whole)
  if (refundShipping || suggestFullRefund) return left
  const minor = shippingAmount ? minorIn(whole, shippingAmount) : 0
  return takenFrom(whole.order, left, Math.min(Math.max(0, minor ?? 0), left.presentment.minor))
}

/** Back to where the money came from, gift cards last. */
function spread(whole: Whole, amount: Bag) {
  let left = amount
  return parents(whole).flatMap((parentTransaction) => {
    const most = refundableOf(whole, parentTransaction)
    const part = least(left, most)
    if (part.presentment.minor <= 0) return []
    left = minus(left, part)
    const { gateway, formattedGateway, card } = parentTransaction
    return [
      {
        kind: 'SUGGESTED_REFUND',
        gateway,
        formattedGateway,
        accountNumber: card?.number ?? null,
        paymentDetails: detailsOf(parentTransaction),
        amountSet: part,
        maximumRefundableSet: most,
        parentTransaction,
      },
    ]
  })
}

const parents = (whole: Whole): TransactionRecord[] =>
  successful(whole, 'SALE', 'CAPTURE').toSorted((one, other) => Number(isGiftCard(one)) - Number(isGiftCard(other)))

const isGiftCard = ({ gateway }: TransactionRecord) => gateway === 'gift_card'
