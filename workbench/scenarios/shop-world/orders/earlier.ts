import { days } from '../../story.ts'
import { ada, bea, elsie, graham, karin, lucille, marcus, priya, tobias, vivienne } from '../people/writers.ts'
import { CODES } from './gift-cards.ts'
import { ABROAD, EURO, FREE, KRONA, NAMED_DAY, order } from './order-story.ts'
import { card, collected, giftCard, klarna, paypal } from './paying.ts'

/** What the writers bought before, back to orders that Shopify shows only with read_all_orders. */
export const earlier = [
  order(18802, days(350), ada, {
    lines: { 'autumn-hamper': 1, truffles: 2 },
    discount: { code: 'WINTER10', percent: 10 },
    paid: [card('Visa', '4242')],
    parcels: [{ shipped: days(349), delivered: days(346), carrier: 'Parcelway', number: 'PW7740092210GB' }],
  }),
  order(19410, days(210), ada, {
    lines: { 'heather-honey-large': 2, 'fig-jam-large': 1 },
    paid: [card('Visa', '4242')],
    parcels: [{ shipped: days(209), delivered: days(206), carrier: 'Northpost', number: 'NP550041873' }],
    refunds: [
      {
        ago: days(205),
        note: 'One jar of honey was broken.',
        lines: { 'heather-honey-large': 1 },
        restock: 'NO_RESTOCK',
      },
    ],
  }),
  order(19655, days(150), marcus, {
    lines: { 'cheese-box-large': 1, rioja: 1 },
    paid: [card('Visa', '1881')],
    parcels: [{ shipped: days(149), delivered: days(147), carrier: 'Parcelway', number: 'PW7740103399GB' }],
  }),
  order(19877, days(97), ada, {
    lines: { 'meadow-medium': 1 },
    delivery: NAMED_DAY,
    paid: [paypal],
    parcels: [{ shipped: days(91), delivered: days(90), carrier: 'Northpost', number: 'NP550057120' }],
  }),
  order(19950, days(78), karin, {
    lines: { 'get-well-basket': 2 },
    delivery: ABROAD,
    seenIn: KRONA,
    paid: [klarna],
    parcels: [{ shipped: days(77), delivered: days(73), carrier: 'Northpost', number: 'NP550061007' }],
  }),
  order(20020, days(64), vivienne, {
    lines: { pomerol: 1 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [card('Visa', '9424')],
    parcels: [{ shipped: days(63), delivered: days(59), carrier: 'Parcelway', number: 'PW7740112871FR' }],
    refunds: [{ ago: days(57), note: 'Corked.', lines: { pomerol: 1 }, restock: 'NO_RESTOCK' }],
  }),
  order(20044, days(58), graham, {
    lines: { rioja: 3 },
    paid: [card('Visa', '3155')],
    parcels: [{ shipped: days(57), delivered: days(55), carrier: 'Parcelway', number: 'PW7740113010GB' }],
  }),
  order(20102, days(51), ada, {
    lines: { 'napkins-olive': 1, 'greeting-card': 2 },
    paid: [giftCard(CODES.ada, 1500), card('Visa', '4242')],
    parcels: [{ shipped: days(50), delivered: days(48), carrier: 'Parcelway', number: 'PW7740114118GB' }],
  }),
  order(20133, days(47), tobias, {
    lines: { 'olive-oil-bottle': 2 },
    delivery: ABROAD,
    seenIn: EURO,
    paid: [paypal],
    parcels: [{ shipped: days(46), delivered: days(41), carrier: 'Parcelway', number: 'PW7740114590AT' }],
  }),
  order(20199, days(38), elsie, {
    lines: { 'dried-figs': 2 },
    paid: [giftCard(CODES.elsie)],
    parcels: [{ shipped: days(37), delivered: days(35), carrier: 'Fern & Fig van', number: 'VAN-1020' }],
  }),
  order(20215, days(34), lucille, {
    lines: { 'heather-honey-small': 1, 'orchard-tea-loose': 1 },
    paid: [collected(days(31))],
    parcels: [{ shipped: days(33), delivered: days(31), carrier: 'Parcelway', number: 'PW7740115608GB' }],
  }),
  order(20267, days(23), priya, {
    lines: { 'gift-card-25': 1, 'greeting-card': 1 },
    delivery: FREE,
    paid: [card('Mastercard', '5454')],
    parcels: [
      {
        shipped: days(22),
        delivered: days(20),
        carrier: 'Parcelway',
        number: 'PW7740116770GB',
        lines: { 'greeting-card': 1 },
      },
    ],
    giftCards: [CODES.priya],
  }),
  order(20344, days(10), bea, {
    lines: { 'cheese-box-small': 1 },
    paid: [card('Mastercard', '8210')],
    parcels: [{ shipped: days(9), delivered: days(7, 12), carrier: 'Parcelway', number: 'PW7740118001GB' }],
  }),
]
