import { days, hours } from '../../story.ts'
import { place } from '../people/person.ts'
import { eloise, jurgen, misaki } from '../people/writers.ts'
import { ABROAD, EURO, FREE, NAMED_DAY, order, YEN } from './order-story.ts'
import { card, paypal } from './paying.ts'

export const abroad = [
  order(20301, days(17), eloise, {
    lines: { 'chocolate-bar-dark': 4, 'orchard-tea-bags': 2 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [card('Visa', '7171')],
    parcels: [{ shipped: days(16), delivered: days(12), carrier: 'Northpost', number: 'NP550070005' }],
  }),
  order(20396, days(6), jurgen, {
    lines: { 'fig-mustard': 1, 'fig-jam-large': 2, 'fig-salami': 1, 'pear-chutney': 1 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [paypal],
    parcels: [{ shipped: days(5), delivered: days(1, 6), carrier: 'Parcelway', number: 'PW7740118802DE' }],
  }),
  order(20421, days(3, 14), eloise, {
    lines: { 'black-forest-large': 1 },
    delivery: ABROAD,
    seenIn: EURO,
    discount: { code: 'MERCI10', percent: 10 },
    paid: [card('Visa', '7171')],
    parcels: [{ shipped: days(3), delivered: hours(28), carrier: 'Northpost', number: 'NP550071330' }],
    wishes: { 'Gift wrap': 'yes' },
  }),
  order(20433, days(1, 5), misaki, {
    lines: { 'meadow-medium': 1 },
    delivery: NAMED_DAY,
    seenIn: YEN,
    to: { name: '佐藤 幸子', place: place('15 Meadow Bank', 'EH99 3SA', 'Edinburgh'), phone: '+447700900139' },
    paid: [card('JCB', '0505')],
    wishes: { 'Wanted day': 'Saturday' },
  }),
  order(20435, days(1, 1), jurgen, {
    lines: { 'fig-mustard': 1 },
    delivery: FREE,
    seenIn: EURO,
    paid: [],
    reshipOf: 20396,
    parcels: [{ shipped: hours(24), delivered: hours(9), carrier: 'Northpost', number: 'NP550071960' }],
  }),
]
