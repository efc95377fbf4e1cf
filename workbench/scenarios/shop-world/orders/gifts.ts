import { days, hours } from '../../story.ts'
import { clement, leila } from '../people/neighbours.ts'
import { place } from '../people/person.ts'
import { elsie } from '../people/writers.ts'
import { CODES } from './gift-cards.ts'
import { order } from './order-story.ts'
import { card, paypal, storeCredit } from './paying.ts'

export const gifts = [
  order(20371, days(7, 8), leila, {
    lines: { 'gift-card-75': 1 },
    delivery: null,
    paid: [paypal],
    giftCards: [CODES.omarFirst],
    wishes: { 'Recipient email': 'omar.haddad@cedarline.example' },
  }),
  order(20393, days(6, 2), elsie, {
    lines: { 'get-well-basket': 1 },
    to: { name: 'Winifred Stone', place: place('The Forge, Mill Lane', 'CB99 8TU', 'Saffron Walden') },
    paid: [storeCredit],
    parcels: [{ shipped: days(5), delivered: days(2, 12), carrier: 'Fern & Fig van', number: 'VAN-1093' }],
    wishes: { 'Written by hand': 'Get well, and mind the stairs. Elsie' },
  }),
  order(20408, days(5), clement, {
    lines: { pears: 1 },
    to: { name: 'Ruth Nakagawa', place: place('2 Lantern Yard', 'SN99 1RN', 'Malmesbury'), phone: '+447700900160' },
    paid: [card('American Express', '1007')],
    parcels: [{ shipped: days(4), delivered: days(2, 4), carrier: 'Parcelway', number: 'PW7740118955GB' }],
    tags: ['gift'],
    note: 'No card: the buyer wants to be guessed.',
  }),
  order(20437, days(1), clement, {
    lines: { 'autumn-hamper': 1, 'greeting-card': 1 },
    paid: [card('American Express', '1007')],
    parcels: [{ shipped: hours(9), carrier: 'Parcelway', number: 'PW7740119490GB' }],
  }),
]
