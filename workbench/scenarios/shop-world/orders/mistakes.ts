import { days, hours } from '../../story.ts'
import { graham, karin, lucille, ngozi, patrick, wilf } from '../people/writers.ts'
import { ABROAD, FREE, KRONA, order } from './order-story.ts'
import { card, collected, klarna, onDelivery, paypal, released } from './paying.ts'

export const mistakes = [
  order(20188, days(40), graham, {
    lines: { 'wine-glasses': 1 },
    delivery: FREE,
    paid: [card('Visa', '3155')],
    parcels: [{ shipped: days(39), delivered: days(36), carrier: 'Northpost', number: 'NP550069020' }],
    tags: ['return-received'],
    note: 'Glasses came back whole (NP550070877). Refund is due.',
  }),
  order(20333, days(11, 12), karin, {
    lines: { 'autumn-hamper': 12 },
    delivery: ABROAD,
    seenIn: KRONA,
    discount: { code: 'KONTOR10', percent: 10 },
    paid: [klarna],
    parcels: [
      {
        shipped: days(10),
        delivered: days(5),
        carrier: 'Northpost',
        number: 'NP550070411',
        lines: { 'autumn-hamper': 8 },
      },
      {
        shipped: days(9),
        delivered: days(4),
        carrier: 'Northpost',
        number: 'NP550070498',
        lines: { 'autumn-hamper': 4 },
      },
    ],
    wishes: { 'VAT number': 'SE556000000001' },
  }),
  order(20402, days(5, 8), lucille, {
    lines: { 'picnic-hamper-vegetarian': 1 },
    paid: [collected(days(1, 5))],
    parcels: [{ shipped: days(3), delivered: days(1, 5), carrier: 'Parcelway', number: 'PW7740118871GB' }],
  }),
  order(20414, days(4, 14), patrick, {
    lines: { 'olive-oil-bottle': 1, 'fig-jam-small': 2 },
    paid: [onDelivery],
    parcels: [{ shipped: days(1, 7), carrier: 'Parcelway', number: 'PW7740119266GB' }],
  }),
  order(20449, hours(11, 21), wilf, {
    lines: { 'dried-figs': 1 },
    paid: [card('Visa', '6011')],
  }),
  order(20450, hours(11, 20), wilf, {
    lines: { 'dried-figs': 1 },
    paid: [released('Visa', '6011')],
    cancelled: { ago: hours(10, 20), reason: 'CUSTOMER', note: 'Ordered twice by mistake, see FF-20449.' },
  }),
  order(20461, hours(1, 40), ngozi, {
    lines: { 'fig-salami': 1, 'olive-oil-bottle': 1, 'rosemary-crackers': 2 },
    paid: [paypal],
    to: {
      name: 'Babatunde Adeyemi',
      place: { street: '12 Sunny Bank', zip: 'S99 4BA', city: 'Sheffield', country: 'GB' },
    },
  }),
]
