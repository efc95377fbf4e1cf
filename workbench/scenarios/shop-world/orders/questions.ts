import { days, hours } from '../../story.ts'
import { catalogue } from '../catalogue/catalogue.ts'
import { caspian, imogen, vivienne } from '../people/writers.ts'
import { ABROAD, EURO, FREE, order } from './order-story.ts'
import { card, paypal } from './paying.ts'

/** One of everything but the cards and the wine that is kept for customers: what a stockist tastes. */
const oneOfEach = Object.fromEntries(
  catalogue
    .filter(({ giftCard }) => !giftCard)
    .flatMap(({ variants }) => variants.map(({ sku }) => [sku, 1] as const))
    .filter(([sku]) => sku !== 'pomerol')
    .slice(0, 40),
)

export const questions = [
  order(20240, days(29), caspian, {
    lines: { 'fig-salami': 1, 'rosemary-crackers': 1 },
    paid: [paypal],
    parcels: [{ shipped: days(28), delivered: days(26), carrier: 'Parcelway', number: 'PW7740116044GB' }],
  }),
  order(20310, days(16), vivienne, {
    lines: { pomerol: 2 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [card('Visa', '9424')],
    parcels: [{ shipped: days(15), delivered: days(11), carrier: 'Parcelway', number: 'PW7740117950FR' }],
  }),
  order(20444, hours(20), imogen, {
    lines: oneOfEach,
    delivery: FREE,
    discount: { code: 'TASTING25', percent: 25 },
    paid: [card('Mastercard', '2223')],
    tags: ['wholesale', 'tasting'],
    note: 'For the shelf talk with June.',
  }),
]
