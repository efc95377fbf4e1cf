import type { GiftCardWish, RefundWish, ReshipWish, SuggestedRefund } from '../../backend/clients/shopify/index.ts'
import { ADA, TEA } from '../workbench/shopify/shop-with-goods.ts'

/** All that Shopify suggests, without lines. */
export const refundOf = ({ transactions }: SuggestedRefund, orderId: string, note: string): RefundWish => ({
  orderId,
  currency: null,
  note,
  notify: false,
  discrepancy: 'DAMAGE',
  lines: [],
  shipping: null,
  transactions: transactions.map(({ parentId, gateway, amount }) => ({
    parentId,
    gateway,
    amount: amount.presentment,
  })),
  storeCredit: null,
})

/** Two teas once more. */
export const reship = (mark: string): ReshipWish => ({
  mark,
  customerId: ADA,
  email: 'ada@home.example',
  lines: [{ variantId: TEA, quantity: 2 }],
  address: {
    firstName: 'Ada',
    lastName: 'Moss',
    company: '',
    address1: 'Lindenweg 4',
    city: 'Berlin',
    zip: '10115',
    country: 'DE',
  },
  method: 'Standard',
  fee: { minor: 0, currency: 'EUR' },
  currency: 'EUR',
  note: 'Sent again for #1001',
  tags: ['reship'],
  notify: false,
})

/** Ten euros for Ada, under a code that follows from the mark. */
export const card = (mark: string): GiftCardWish => ({
  code: `ccgc${mark.replace(/\W/g, '').padEnd(16, 'x')}`,
  amount: { minor: 1_000, currency: 'EUR' },
  customerId: ADA,
  expiresOn: null,
  note: mark,
  message: '',
  notify: true,
})
