import type { Html } from '../../../../host/views/html.ts'
import { openAuthorizations, received } from '../../resources/orders/payments.ts'
import type { Whole } from '../../resources/orders/whole.ts'
import { both } from '../words.ts'
import { actForm, choice, field, group } from './forms.ts'

/** What can happen to this order now, by who does it. */
export const orderActs = ({ domain, whole }: { domain: string; whole: Whole }): (Html | null)[] => [
  group('The warehouse', [...packing(domain, whole), ...held(domain, whole), ...carrying(domain, whole)]),
  group('The bank', [...paying(domain, whole), ...refunding(domain, whole), ...disputing(domain, whole)]),
  group('The owner, in Shopify', owning(domain, whole)),
]

function packing(domain: string, { order, fulfillmentOrders }: Whole) {
  const waits = fulfillmentOrders.some(({ status }) => status === 'OPEN' || status === 'IN_PROGRESS')
  if (!waits || order.cancelledAt) return []
  return [
    actForm(domain, { name: 'ship', words: 'Ship what waits', about: { order: order.id } }, [
      field({ name: 'carrier', label: 'Carrier', value: 'Parcelway' }),
      field({ name: 'number', label: 'Parcel number', hint: 'PW7740119999GB', optional: true }),
    ]),
    actForm(domain, { name: 'hold', words: 'Put on hold', about: { order: order.id } }, [
      choice('reason', 'Why', [
        { value: 'INCORRECT_ADDRESS', words: 'Address is wrong' },
        { value: 'INVENTORY_OUT_OF_STOCK', words: 'Out of stock' },
        { value: 'HIGH_RISK_OF_FRAUD', words: 'Looks like fraud' },
        { value: 'OTHER', words: 'Something else' },
      ]),
      field({ name: 'note', label: 'Note', optional: true }),
    ]),
  ]
}

const held = (domain: string, { order, fulfillmentOrders }: Whole) =>
  fulfillmentOrders.some(({ status }) => status === 'ON_HOLD') && !order.cancelledAt
    ? [actForm(domain, { name: 'release', words: 'End the hold', about: { order: order.id } })]
    : []

const carrying = (domain: string, { fulfillments }: Whole) =>
  fulfillments
    .filter(({ status, deliveredAt }) => status === 'SUCCESS' && !deliveredAt)
    .map(({ id, name }) =>
      actForm(domain, { name: 'scan', words: `Report of ${name}`, about: { parcel: id } }, [
        choice('status', 'The carrier says', [
          { value: 'DELIVERED', words: 'Delivered' },
          { value: 'OUT_FOR_DELIVERY', words: 'Out for delivery' },
          { value: 'IN_TRANSIT', words: 'In transit' },
          { value: 'ATTEMPTED_DELIVERY', words: 'Nobody at home' },
          { value: 'DELAYED', words: 'Delayed' },
          { value: 'FAILURE', words: 'Lost' },
        ]),
      ]),
    )

function paying(domain: string, whole: Whole) {
  const about = { order: whole.order.id }
  const open = whole.transactions.some(({ kind, status }) => kind === 'SALE' && status === 'PENDING')
  const promised = openAuthorizations(whole).length > 0
  return [
    open && !whole.order.cancelledAt && actForm(domain, { name: 'collect', words: 'Collect the money', about }),
    promised && actForm(domain, { name: 'capture', words: 'Take the promised money', about }),
    promised && actForm(domain, { name: 'expire', words: 'Let the promise expire', about }),
  ]
}

const refunding = (domain: string, { transactions }: Whole) =>
  transactions
    .filter(({ kind, status }) => kind === 'REFUND' && status === 'PENDING')
    .flatMap(({ id, amount }) => [
      actForm(domain, { name: 'settle', words: `Send the refund of ${both(amount)}`, about: { transaction: id } }),
      actForm(domain, { name: 'fail', words: 'Send it back to the shop', about: { transaction: id } }),
    ])

function disputing(domain: string, whole: Whole) {
  const open = whole.disputes.filter(({ status }) => status === 'NEEDS_RESPONSE' || status === 'UNDER_REVIEW')
  if (open.length > 0)
    return open.flatMap(({ id }) => [
      actForm(domain, { name: 'close-dispute', words: 'The shop wins', about: { dispute: id, status: 'WON' } }),
      actForm(domain, { name: 'close-dispute', words: 'The shop loses', about: { dispute: id, status: 'LOST' } }),
    ])
  if (received(whole).shop.minor <= 0) return []
  return [
    actForm(domain, { name: 'dispute', words: 'Dispute the payment', about: { order: whole.order.id } }, [
      choice('as', 'As', [
        { value: 'CHARGEBACK', words: 'Chargeback' },
        { value: 'INQUIRY', words: 'Inquiry' },
      ]),
      choice('reason', 'Because', [
        { value: 'PRODUCT_NOT_RECEIVED', words: 'It never came' },
        { value: 'FRAUDULENT', words: 'It was not the customer' },
        { value: 'PRODUCT_UNACCEPTABLE', words: 'It was not as described' },
      ]),
    ]),
  ]
}

function owning(domain: string, whole: Whole) {
  const { order } = whole
  const about = { order: order.id }
  return [
    received(whole).presentment.minor > 0 &&
      actForm(domain, { name: 'refund', words: 'Give money back', about }, [
        field({ name: 'amount', label: `Amount in ${order.presentmentCurrency}`, hint: '5.00' }),
        field({ name: 'note', label: 'Note', optional: true }),
      ]),
    order.shippingAddress &&
      actForm(domain, { name: 'address', words: 'Change the address', about }, [
        field({ name: 'street', label: 'Street', value: order.shippingAddress.address1 ?? '' }),
        field({ name: 'postcode', label: 'Postcode', value: order.shippingAddress.zip ?? '' }),
        field({ name: 'town', label: 'Town', value: order.shippingAddress.city ?? '' }),
      ]),
    actForm(domain, { name: 'note', words: 'Keep the note', about }, [
      field({ name: 'note', label: 'Note on the order', value: order.note ?? '', optional: true }),
    ]),
    actForm(domain, { name: 'tag', words: 'Add the tag', about }, [field({ name: 'tag', label: 'Tag' })]),
    actForm(domain, { name: 'delete', words: 'Delete the order', about, danger: true }),
  ]
}
