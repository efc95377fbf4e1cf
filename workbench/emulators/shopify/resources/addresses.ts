import type { Resource } from '../graphql/resource.ts'
import type { Address } from '../store/records/address.ts'

type Source = Partial<Record<keyof Address, string | null | undefined>> & { id?: string }

const part = (name: keyof Address) => (address: Source) => address[name] ?? null

/** Addresses of customers, orders and drafts alike; what is missing is null. */
export const addressesResource: Resource = {
  types: {
    MailingAddress: {
      id: (address: Source) => address.id ?? 'gid://shopify/MailingAddress/1',
      firstName: part('firstName'),
      lastName: part('lastName'),
      name: (address: Source) => nameIn(address),
      company: part('company'),
      address1: part('address1'),
      address2: part('address2'),
      city: part('city'),
      province: part('province'),
      provinceCode: part('provinceCode'),
      zip: part('zip'),
      country: part('country'),
      countryCodeV2: part('countryCode'),
      phone: part('phone'),
      formatted: (address: Source, { withName, withCompany }: { withName: boolean; withCompany: boolean }) =>
        formatted(address, withName, withCompany),
      formattedArea: ({ city, provinceCode, country }: Source) => joined([city, provinceCode, country], ', '),
      coordinatesValidated: () => false,
      latitude: () => null,
      longitude: () => null,
      timeZone: () => null,
    },
  },
}

const joined = (parts: (string | null | undefined)[], by: string) => parts.filter(Boolean).join(by) || null

const nameIn = ({ firstName, lastName }: Source) => joined([firstName, lastName], ' ')

const formatted = (address: Source, withName: boolean, withCompany: boolean) =>
  [
    withName ? nameIn(address) : null,
    withCompany ? address.company : null,
    address.address1,
    address.address2,
    joined([address.zip, address.city, address.provinceCode], ' '),
    address.country,
  ].filter(Boolean)
