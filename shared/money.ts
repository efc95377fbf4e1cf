import { z } from 'zod'

/** ISO 4217, for example EUR; Shopify also knows USDC, which is in no list of ISO. */
const CODE = /^[A-Z]{3,4}$/
export const Currency = z.string().regex(CODE, 'A currency is its code in capital letters, for example EUR')

/** An amount in the smallest unit of its currency: 12.50 EUR is { minor: 1250, currency: 'EUR' }, 500 JPY is { minor: 500, … }. */
export const Money = z.object({ minor: z.int(), currency: Currency })
export type Money = z.infer<typeof Money>

/** Money with the words a person reads: `text` is made once, where the amount is presented. */
export const Amount = Money.extend({ text: z.string() })
export type Amount = z.infer<typeof Amount>

/**
 * Currencies that do not have two places. Intl is no source of this: it knows how much of an amount people write, which is nothing
 * after the point for HUF, IDR and COP, and shops charge hundredths of them all the same.
 */
const PLACES = new Map<string, number>([
  ...withPlaces(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...withPlaces(3, 'BHD IQD JOD KWD LYD OMR TND'),
])

/**
 * Decimal places of a currency by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD.
 * @throws RangeError for what is no code of a currency
 */
export function placesOf(currency: string): number {
  if (!CODE.test(currency)) throw new RangeError(`Not a currency: ${currency.slice(0, 40)}`)
  return PLACES.get(currency) ?? 2
}

/**
 * Reads an amount as vendors write it: `12.5`, `12.50`, `-3`, `500.0` for yen.
 * @throws RangeError when it is no decimal number, or says more than the currency's smallest unit can hold
 */
export function fromDecimal(text: string, currency: string): Money {
  const places = placesOf(currency)
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new RangeError(`Not an amount: ${text.slice(0, 40)}`)
  const [, sign = '', whole = '', fraction = ''] = match
  const kept = fraction.slice(0, places).padEnd(places, '0')
  const minor = Number(`${sign}${whole}${kept}`)
  if (/[1-9]/.test(fraction.slice(places)) || !Number.isSafeInteger(minor))
    throw new RangeError(`${text.slice(0, 40)} ${currency} cannot be held exactly`)
  return { minor: minor === 0 ? 0 : minor, currency }
}

/** The decimal string of an amount, for a vendor's wire: `12.50`. */
export function toDecimal({ minor, currency }: Money): string {
  const places = placesOf(currency)
  const all = String(Math.abs(minor)).padStart(places + 1, '0')
  const sign = minor < 0 ? '-' : ''
  return places === 0 ? `${sign}${all}` : `${sign}${all.slice(0, -places)}.${all.slice(-places)}`
}

/**
 * Adds amounts of one currency.
 * @throws RangeError when currencies differ
 */
export function sum(currency: string, amounts: readonly Money[]): Money {
  let minor = 0
  for (const amount of amounts) {
    if (amount.currency !== currency) throw new RangeError(`${amount.currency} cannot be added to ${currency}`)
    minor += amount.minor
  }
  return { minor, currency }
}

/** As a person reads it: £58.00, CA$12.00, ¥500. */
export function inWords({ minor, currency }: Money): string {
  const decimal = toDecimal({ minor, currency }) as unknown as number // a decimal string keeps every digit
  return writingOf(currency).format(decimal).replace(UNNAMED, `${currency}\u00a0`)
}

/** Making a format takes longer than reading a whole row; there are few currencies. */
const writings = new Map<string, Intl.NumberFormat>()

/** What Intl writes for `XXX`, the code of no currency. */
const UNNAMED = '¤'

function writingOf(code: string): Intl.NumberFormat {
  const known = writings.get(code)
  if (known) return known
  const places = placesOf(code)
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places }
  const currency = code.length === 3 ? code : 'XXX'
  const writing = new Intl.NumberFormat('en', { style: 'currency', currency, ...digits })
  writings.set(code, writing)
  return writing
}

/** Adds the words. */
export const amountOf = (money: Money): Amount => ({ ...money, text: inWords(money) })

function withPlaces(places: number, codes: string): [string, number][] {
  return codes.split(' ').map((code) => [code, places])
}
