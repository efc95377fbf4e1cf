export interface Address {
  firstName: string | null
  lastName: string | null
  company: string | null
  address1: string | null
  address2: string | null
  city: string | null
  province: string | null
  provinceCode: string | null
  zip: string | null
  country: string | null
  /** ISO 3166, two letters. */
  countryCode: string | null
  phone: string | null
}
