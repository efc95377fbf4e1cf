/** Where parcels go. Provinces are left out: none of the shop's countries needs them. */
export interface Place {
  street: string
  more?: string
  city: string
  zip: string
  /** ISO 3166, two letters. */
  country: Country
}

export type Country = 'GB' | 'DE' | 'AT' | 'FR' | 'NL' | 'SE' | 'NO' | 'IT' | 'JP'

export const COUNTRIES: Record<Country, string> = {
  GB: 'United Kingdom',
  DE: 'Germany',
  AT: 'Austria',
  FR: 'France',
  NL: 'Netherlands',
  SE: 'Sweden',
  NO: 'Norway',
  IT: 'Italy',
  JP: 'Japan',
}

export interface Buyer {
  first: string
  last: string
  email?: string
  phone?: string
  place: Place
  company?: string
  note?: string
  tags?: string[]
  /** Since when the shop knows this person, in days before now. */
  since: number
}

export const person = (name: string, reached: { email?: string; phone?: string }, place: Place, more: More): Buyer => {
  const [first = '', ...rest] = name.split(' ')
  return { first, last: rest.join(' '), ...reached, place, ...more }
}

type More = Pick<Buyer, 'since'> & Partial<Pick<Buyer, 'company' | 'note' | 'tags'>>

export const place = (street: string, zip: string, city: string, country: Country = 'GB'): Place => ({
  street,
  zip,
  city,
  country,
})
