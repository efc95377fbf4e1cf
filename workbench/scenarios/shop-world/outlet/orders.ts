import { days, hours } from '../../story.ts'
import { order } from '../orders/order-story.ts'
import { card, ideal, onDelivery, paypal } from '../orders/paying.ts'
import { person, place } from '../people/person.ts'

/** The same address as at the big shop, but another account: shops do not know each other's customers. */
const adaAtTheOutlet = person(
  'A. Whitcombe',
  { email: 'ada.whitcombe@brambleroad.example' },
  place('14 Bramble Road', 'SY8 1ZZ', 'Ludlow'),
  { since: 26 },
)
const tobiasAtTheOutlet = person(
  'Tobias Renner',
  { email: 'tobias.renner@hofgarten-mail.example', phone: '+436991234501' },
  place('Hofgartenstraße 21', '1990', 'Neuhof', 'AT'),
  { since: 33 },
)
const saskia = person(
  'Saskia Verbeek',
  { email: 'saskia.verbeek@maaspost.example', phone: '+31970105290' },
  place('Maaskade 90', '3099 VB', 'Rotterdam', 'NL'),
  { since: 50 },
)

const POST = { title: 'Post', price: 695 }

export const outletOrders = [
  order(1007, days(49), saskia, {
    lines: { 'outlet-basket': 1, 'outlet-jam': 4 },
    delivery: POST,
    paid: [ideal],
    parcels: [{ shipped: days(48), delivered: days(46), carrier: 'Parcelway', number: 'PW8810002071NL' }],
  }),
  order(1012, days(32), tobiasAtTheOutlet, {
    lines: { 'outlet-tea': 6 },
    delivery: POST,
    paid: [paypal],
    parcels: [{ shipped: days(31), delivered: days(28), carrier: 'Parcelway', number: 'PW8810002190AT' }],
  }),
  order(1015, days(25), adaAtTheOutlet, {
    lines: { 'outlet-linen-natural': 1, 'outlet-jam': 2 },
    delivery: POST,
    paid: [card('Visa', '4242')],
    parcels: [{ shipped: days(24), delivered: days(19), carrier: 'Northpost', number: 'NP880013355' }],
    refunds: [
      { ago: days(18), note: 'A stain on one napkin.', lines: { 'outlet-linen-natural': 1 }, restock: 'NO_RESTOCK' },
    ],
  }),
  order(1019, days(6), saskia, { lines: { 'outlet-linen-rose': 1 }, delivery: POST, paid: [onDelivery] }),
  order(1021, hours(31), adaAtTheOutlet, {
    lines: { 'outlet-basket': 2 },
    delivery: POST,
    paid: [card('Visa', '4242')],
  }),
]
