import { days, hours } from '../../story.ts'
import {
  anneke,
  bjorn,
  chiara,
  desmond,
  freya,
  gideon,
  hana,
  hugo,
  ivo,
  josephine,
  kwame,
  linnea,
  maeve,
  mateusz,
  orla,
  percy,
  percyAgain,
  rosalind,
  silas,
} from '../people/neighbours.ts'
import { CODES } from './gift-cards.ts'
import { ABROAD, EURO, FREE, KRONA, order } from './order-story.ts'
import { card, cash, collected, giftCard, ideal, klarna, onDelivery, paypal, reserved } from './paying.ts'

/** The rest of the shop's days: every way to pay and every state an order can be in. */
export const everyday = [
  order(20155, days(43), rosalind, {
    lines: { 'wine-glasses': 1 },
    paid: [card('Visa', '5100')],
    parcels: [{ shipped: days(42), delivered: days(40), carrier: 'Parcelway', number: 'PW7740114900GB' }],
    dispute: { ago: days(30), as: 'CHARGEBACK', status: 'LOST', reason: 'PRODUCT_NOT_RECEIVED' },
    tags: ['chargeback'],
  }),
  order(20302, days(16, 20), hugo, {
    lines: { 'autumn-hamper': 1 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [card('Mastercard', '4444')],
    parcels: [{ shipped: days(15), delivered: days(11), carrier: 'Parcelway', number: 'PW7740117902DE' }],
    dispute: { ago: days(2), as: 'CHARGEBACK', status: 'NEEDS_RESPONSE', reason: 'FRAUDULENT' },
  }),
  order(20318, days(15), maeve, {
    lines: { 'get-well-basket': 1 },
    paid: [onDelivery],
    cancelled: { ago: days(9), reason: 'DECLINED', note: 'Refused at the door, came back.' },
    tags: ['refused'],
  }),
  order(20327, days(13), silas, {
    lines: { 'winter-wreath': 1, 'heather-honey-large': 2 },
    paid: [paypal],
    parcels: [
      {
        shipped: days(12),
        delivered: days(10),
        carrier: 'Parcelway',
        number: 'PW7740118040GB',
        lines: { 'heather-honey-large': 2 },
      },
    ],
    hold: { reason: 'INVENTORY_OUT_OF_STOCK', note: 'Wreaths come on the first of December.' },
  }),
  order(20341, days(10, 12), anneke, {
    lines: { 'black-forest-small': 2, 'orchard-tea-bags': 1 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [ideal],
    parcels: [{ shipped: days(9), delivered: days(6), carrier: 'Parcelway', number: 'PW7740118190NL' }],
  }),
  order(20352, days(9, 9), bjorn, {
    lines: { rioja: 3, 'chocolate-bar-milk': 2 },
    delivery: ABROAD,
    seenIn: KRONA,
    paid: [klarna],
    parcels: [{ shipped: days(8), delivered: days(4), carrier: 'Northpost', number: 'NP550070733' }],
    refunds: [
      { ago: days(2), note: 'One bottle broken.', lines: { rioja: 1 }, restock: 'NO_RESTOCK', bank: 'PENDING' },
    ],
  }),
  order(20360, days(8, 9), chiara, {
    lines: { 'cheese-box-small': 1 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [card('Visa', '3220')],
    cancelled: { ago: days(8), reason: 'CUSTOMER' },
    refunds: [
      {
        ago: days(8),
        note: 'Cancelled before it was packed.',
        lines: { 'cheese-box-small': 1 },
        restock: 'CANCEL',
        shipping: 1290,
      },
    ],
  }),
  order(20366, days(7, 18), desmond, {
    lines: { 'fig-jam-small': 3, 'rosemary-crackers': 3 },
    paid: [collected(days(5))],
    parcels: [{ shipped: days(7), delivered: days(5), carrier: 'Fern & Fig van', number: 'VAN-1088' }],
  }),
  order(20380, days(6, 20), freya, {
    lines: { 'heather-honey-small': 4 },
    paid: [card('Visa', '1117')],
    hold: { reason: 'INCORRECT_ADDRESS', note: 'The carrier does not know this cottage. Customer asked.' },
  }),
  order(20384, days(6, 16), gideon, {
    lines: { 'picnic-hamper-meat': 1 },
    discount: { code: 'HARVEST15', percent: 15 },
    paid: [card('Visa', '8807')],
    parcels: [{ shipped: days(5, 20), delivered: days(3), carrier: 'Parcelway', number: 'PW7740118744GB' }],
  }),
  order(20399, days(5, 14), hana, {
    lines: { 'cheese-box-small': 1, elderflower: 2 },
    paid: [giftCard(CODES.hana)],
    parcels: [{ shipped: days(4, 20), delivered: days(3), carrier: 'Northpost', number: 'NP550071090' }],
  }),
  order(20405, days(5, 2), ivo, {
    lines: { truffles: 2, 'chocolate-bar-white': 1 },
    paid: [giftCard(CODES.ivo, 2500), paypal],
    parcels: [{ shipped: days(4), delivered: days(2), carrier: 'Northpost', number: 'NP550071177' }],
  }),
  order(20411, days(4, 19), josephine, {
    lines: { 'napkins-olive': 1, 'fig-mustard': 2 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [card('Visa', '6226')],
    parcels: [{ shipped: days(4), delivered: days(1), carrier: 'Parcelway', number: 'PW7740119044FR' }],
    refunds: [
      {
        ago: hours(14),
        note: 'Mustard left out: as store credit, as she wished.',
        lines: { 'fig-mustard': 1 },
        restock: 'NO_RESTOCK',
        toStoreCredit: true,
      },
    ],
  }),
  order(20416, days(4, 10), kwame, {
    lines: { 'cheese-box-small': 1 },
    paid: [onDelivery],
    parcels: [
      {
        shipped: hours(30),
        carrier: 'Fern & Fig van',
        number: 'VAN-1101',
        scans: [{ ago: hours(2), status: 'OUT_FOR_DELIVERY', words: 'With Hamid' }],
      },
    ],
  }),
  order(20423, days(3, 8), linnea, {
    lines: { 'olive-oil-tin': 1 },
    delivery: ABROAD,
    seenIn: KRONA,
    paid: [klarna],
    parcels: [{ shipped: days(2), carrier: 'Northpost', number: 'NP550071388' }],
  }),
  order(20430, days(1, 14), mateusz, {
    lines: { 'wicker-medium': 1, 'fig-jam-small': 2, elderflower: 6 },
    paid: [card('Mastercard', '9911')],
    parcels: [
      {
        shipped: hours(16),
        carrier: 'Parcelway',
        number: 'PW7740119455GB',
        lines: { 'wicker-medium': 1, 'fig-jam-small': 2 },
      },
    ],
  }),
  order(20439, hours(23), orla, {
    lines: { 'meadow-small': 1, 'greeting-card': 1 },
    paid: [card('Visa', '2020')],
    tags: ['gift', 'vip'],
    wishes: { Card: 'For no reason at all.' },
  }),
  order(20440, hours(22), percy, { lines: { 'orchard-tea-loose': 2 }, paid: [reserved('Visa', '4411')] }),
  order(20447, hours(13), percyAgain, { lines: { 'chocolate-bar-dark': 2 }, paid: [paypal] }),
  order(20452, hours(8), null, {
    lines: { 'fig-jam-small': 1, rioja: 1 },
    delivery: null,
    paid: [cash],
    source: 'pos',
  }),
  order(20458, hours(2, 30), desmond, { lines: { 'olive-oil-bottle': 2, pears: 1 }, paid: [onDelivery] }),
  order(20463, hours(0, 30), rosalind, {
    lines: { 'autumn-hamper': 1 },
    delivery: FREE,
    paid: [paypal],
    discount: { code: 'THANKS', percent: 10 },
  }),
]
