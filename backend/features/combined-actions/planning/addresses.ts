import type { Address } from '../../../../shared/combined-actions.ts'
import type { Fault } from './faults.ts'
import { faultIf } from './faults.ts'

/** How postcodes look where most parcels go; elsewhere nothing is refused for its postcode. */
const POSTCODES: Record<string, { looks: RegExp; example: string }> = {
  GB: { looks: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i, example: 'SE1 7PB' },
  DE: { looks: /^\d{5}$/, example: '10115' },
  FR: { looks: /^\d{5}$/, example: '75004' },
  NL: { looks: /^\d{4} ?[A-Z]{2}$/i, example: '1012 AB' },
  US: { looks: /^\d{5}(-\d{4})?$/, example: '94107' },
}

/** What keeps a parcel from being sent to an address. @param countries that the shop sends to; empty when they are not known */
export function addressFaults(address: Address, countries: readonly string[]): Fault[] {
  const { country, zip, address1, lastName, city } = address
  const postcode = POSTCODES[country]
  return [
    ...faultIf(lastName.trim() === '', 'reship.address.lastName', 'Type the family name for the parcel.'),
    ...faultIf(address1.trim() === '', 'reship.address.address1', 'Type the street for the parcel.'),
    ...faultIf(city.trim() === '', 'reship.address.city', 'Type the town for the parcel.'),
    ...faultIf(
      countries.length > 0 && !countries.includes(country),
      'reship.address.country',
      `The shop does not send to ${countryName(country)}. Choose another address, or refund instead.`,
    ),
    ...faultIf(
      postcode !== undefined && !postcode.looks.test(zip.trim()),
      'reship.address.zip',
      `${zip.trim() || 'An empty postcode'} is no postcode of ${countryName(country)}. Write it like ${postcode?.example}.`,
    ),
  ]
}

/** What looks odd in an address and does not stop anything. */
export function addressRemarks({ country, zip, address1, phone }: Address): string[] {
  return [
    ...(POSTCODES[country] === undefined && zip.trim() === ''
      ? ['The address has no postcode. Check that it needs none.']
      : []),
    ...(/\d/.test(address1) ? [] : ['The street has no house number. Check that it needs none.']),
    ...(phone.trim() === '' ? [] : /^[+\d][\d\s()./-]{5,}$/.test(phone.trim()) ? [] : ['The phone number looks odd.']),
  ]
}

const names = new Intl.DisplayNames('en', { type: 'region' })

export const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code)
