import type { Address } from '../../../emulators/shopify/store/records/address.ts'
import type { CustomerRecord } from '../../../emulators/shopify/store/records/customers.ts'
import { days } from '../../story.ts'
import { type Buyer, COUNTRIES, type Place } from '../people/person.ts'
import type { ShopGround } from './ground.ts'

export function customerOf(ground: ShopGround, buyer: Buyer): CustomerRecord {
  const since = ground.at(days(buyer.since))
  return {
    id: ground.customerId(buyer),
    firstName: buyer.first,
    lastName: buyer.last,
    email: buyer.email ?? null,
    phone: buyer.phone ?? null,
    note: buyer.note ?? null,
    tags: buyer.tags ?? [],
    locale: 'en',
    addresses: [{ id: ground.gid('MailingAddress'), ...addressOf(buyer, buyer.place, buyer.phone) }],
    createdAt: since,
    updatedAt: since,
    earlier: { orders: 0, spent: { minor: 0, currency: ground.currency } },
    mergedInto: null,
  }
}

type Named = Pick<Buyer, 'first' | 'last'> & { company?: string }

export const addressOf = ({ first, last, company }: Named, place: Place, phone?: string): Address => ({
  firstName: first,
  lastName: last,
  company: company ?? null,
  address1: place.street,
  address2: place.more ?? null,
  city: place.city,
  province: null,
  provinceCode: null,
  zip: place.zip,
  country: COUNTRIES[place.country],
  countryCode: place.country,
  phone: phone ?? null,
})
