import { days, hours } from '../../story.ts'
import { ada, priya, tobias } from '../people/writers.ts'
import { CODES } from './gift-cards.ts'
import { ABROAD, EURO, EXPRESS, order } from './order-story.ts'
import { card, giftCard, paypal } from './paying.ts'

export const damage = [
  order(20377, days(7), tobias, {
    lines: { rioja: 2 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [paypal],
    parcels: [{ shipped: days(6, 2), delivered: days(1, 9), carrier: 'Parcelway', number: 'PW7740118202AT' }],
  }),
  order(20418, days(4, 7), ada, {
    lines: { 'olive-oil-tin': 1, 'rosemary-crackers': 2, 'napkins-natural': 1, 'wicker-large': 1 },
    paid: [card('Visa', '4242')],
    parcels: [{ shipped: days(3, 4), delivered: days(2, 6), carrier: 'Parcelway', number: 'PW7740119318GB' }],
    wishes: { 'Gift note': 'For the wedding table. A.' },
  }),
  order(20425, days(3), priya, {
    lines: { 'black-forest-large': 1, truffles: 1 },
    paid: [giftCard(CODES.priya, 2500), card('Mastercard', '5454')],
    parcels: [{ shipped: days(2, 1), delivered: hours(8), carrier: 'Parcelway', number: 'PW7740119377GB' }],
  }),
  order(20427, days(2, 1), ada, {
    lines: { 'olive-oil-tin': 1, 'rosemary-crackers': 2, 'napkins-natural': 1, 'wicker-large': 1 },
    delivery: { ...EXPRESS, price: 0 },
    paid: [],
    reshipOf: 20418,
    parcels: [{ shipped: days(1, 22), delivered: hours(4), carrier: 'Northpost', number: 'NP550071942' }],
  }),
]
