import { days, hours } from '../../story.ts'
import { place } from '../people/person.ts'
import { bea, helen, jonas, marcus } from '../people/writers.ts'
import { ABROAD, EURO, EXPRESS, NAMED_DAY, order } from './order-story.ts'
import { card, ideal } from './paying.ts'

export const delivery = [
  order(20291, days(18), marcus, {
    lines: { 'autumn-hamper': 2 },
    delivery: { title: 'Standard, two to four days', price: 600 },
    paid: [card('Visa', '1881')],
    parcels: [
      {
        shipped: days(10),
        carrier: 'Parcelway',
        number: 'PW7740117741GB',
        scans: [
          { ago: days(9, 12), status: 'IN_TRANSIT', words: 'Arrived at depot' },
          { ago: days(4), status: 'DELAYED', words: 'Delayed, no further information' },
        ],
      },
    ],
    tags: ['search-7741'],
  }),
  order(20389, days(6, 12), helen, {
    lines: { 'meadow-large': 1, 'greeting-card': 1 },
    delivery: NAMED_DAY,
    to: { name: 'Solveig Strand', place: place('80 Rowan Crescent', 'AB99 4SS', 'Aberdeen') },
    paid: [card('Visa', '0077')],
    parcels: [
      {
        shipped: days(4, 20),
        delivered: days(1, 12),
        carrier: 'Northpost',
        number: 'NP550071511',
        scans: [{ ago: days(3, 14), status: 'ATTEMPTED_DELIVERY', words: 'Nobody at home, tried at number 8' }],
      },
    ],
    source: 'phone',
    wishes: { 'Wanted day': 'her 80th birthday', Card: 'Eighty! Love, Helen' },
  }),
  order(20419, days(4, 4), bea, {
    lines: { 'cheese-box-large': 1, 'pear-chutney': 1 },
    delivery: EXPRESS,
    paid: [card('Mastercard', '8210')],
    parcels: [
      {
        shipped: hours(26),
        delivered: hours(5, 40),
        carrier: 'Parcelway',
        number: 'PW7740119401GB',
        scans: [{ ago: hours(7), status: 'OUT_FOR_DELIVERY', words: 'In the van of driver 212' }],
      },
    ],
    note: 'Farm: leave it in the cool.',
  }),
  order(20455, hours(4), jonas, {
    lines: { 'heather-honey-small': 2, 'orchard-tea-loose': 1, 'chocolate-bar-dark': 3 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [ideal],
  }),
]
