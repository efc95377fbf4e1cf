import { gidOf, legacyId } from '../../graphql/gid.ts'
import type { Resource } from '../../graphql/resource.ts'
import type { Address } from '../../store/records/address.ts'
import type { Gid } from '../../store/records/ids.ts'

export type AddressSource = Address & { id: Gid }

/** An address of an order or a draft; its id follows from its owner's. */
export const addressOf = (owner: Gid, address: Address | null): AddressSource | null =>
  address && { id: gidOf('MailingAddress', `${legacyId(owner)}?model_name=Address`), ...address }

/** What an input says, as it is kept; a name is made of two fields. */
export const addressIn = (input: Partial<Address>): Address => ({
  firstName: input.firstName ?? null,
  lastName: input.lastName ?? null,
  company: input.company ?? null,
  address1: input.address1 ?? null,
  address2: input.address2 ?? null,
  city: input.city ?? null,
  province: input.province ?? input.provinceCode ?? null,
  provinceCode: input.provinceCode ?? null,
  zip: input.zip ?? null,
  country: input.country ?? countryName(input.countryCode),
  countryCode: input.countryCode ?? null,
  phone: input.phone ?? null,
})

export const addressesResource: Resource = {
  types: {
    MailingAddress: {
      name: nameOf,
      countryCodeV2: ({ countryCode }: Address) => countryCode,
      formatted: (address: Address, { withName, withCompany }: { withName: boolean; withCompany: boolean }) =>
        linesOf(address, withName, withCompany),
      formattedArea: ({ city, provinceCode, country }: Address) =>
        [city, provinceCode, country].filter(Boolean).join(', '),
      coordinatesValidated: () => false,
      latitude: () => null,
      longitude: () => null,
      timeZone: () => null,
    },
  },
}

function nameOf({ firstName, lastName }: Address): string | null {
  return [firstName, lastName].filter(Boolean).join(' ') || null
}

const linesOf = (address: Address, withName: boolean, withCompany: boolean) =>
  [
    withName && nameOf(address),
    withCompany && address.company,
    address.address1,
    address.address2,
    [address.zip, address.city, address.provinceCode].filter(Boolean).join(' '),
    address.country,
  ].filter(Boolean)

const countryName = (code: string | null | undefined) =>
  code ? (new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? null) : null
