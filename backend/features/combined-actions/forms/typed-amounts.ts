import { fromDecimal, inWords, type Money, placesOf } from '../../../../shared/money.ts'

export type TypedAmount = { money: Money; problem: null } | { money: null; problem: string }

/** What people put beside an amount; a sign that several currencies share is taken for the one that is asked for. */
const SIGNS: Record<string, readonly string[]> = {
  '€': ['EUR'],
  '£': ['GBP', 'GIP', 'FKP', 'SHP', 'EGP'],
  '¥': ['JPY', 'CNY'],
  '₹': ['INR'],
  '₩': ['KRW'],
  '₺': ['TRY'],
  '₴': ['UAH'],
  '₪': ['ILS'],
  zł: ['PLN'],
  fr: ['CHF'],
  'fr.': ['CHF'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  'kr.': ['SEK', 'NOK', 'DKK', 'ISK'],
}

/**
 * An amount as people type it: `12,50`, `12.50`, `£12.50`, `1.234,50 EUR`.
 * @param currency the one that is asked for; another one that is named is a problem, as are signs, too many places, and what could be read
 * in two ways. Zero is left to whoever asks.
 */
export function typedAmount(text: string, currency: string): TypedAmount {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '')
  const [, before = '', number = '', after = ''] = /^([^\d.,+-]*)([\d.,+-]*)([^\d.,+-]*)$/.exec(bare) ?? []
  if (bare.includes('-')) return wrong(`An amount cannot be negative. Write it without the minus.`)
  if (number === '' || bare.includes('+')) return wrong(`Write an amount, for example ${example(currency)}.`)
  const named = [before, after].filter((word) => word !== '')
  if (named.some((word) => !isOf(word, currency)))
    return wrong(`This amount is in ${currency}. Write it in ${currency}, for example ${example(currency)}.`)
  return read(number, currency)
}

function read(number: string, currency: string): TypedAmount {
  const places = placesOf(currency)
  const decimal = decimalSign(number, places)
  if (decimal === 'unclear')
    return wrong(
      `${number} can be read in two ways: ${currency} has ${places} places after the point. Write ${example(currency)}, for example, and no sign between thousands.`,
    )
  const [whole = '', fraction = ''] = decimal === null ? [number] : splitAtLast(number, decimal)
  if (!/^\d+$|^\d{1,3}([.,]\d{3})+$/.test(whole) || !/^\d*$/.test(fraction))
    return wrong(`Write an amount, for example ${example(currency)}.`)
  if (fraction.length > places)
    return wrong(
      places === 0
        ? `${currency} has no places after the point. Write ${example(currency)}, for example.`
        : `${currency} has ${places} places after the point. Write ${example(currency)}, for example.`,
    )
  const digits = whole.replace(/[.,]/g, '')
  if (digits.length > 12) return wrong('That is more than any order is worth.')
  return { money: fromDecimal(fraction === '' ? digits : `${digits}.${fraction}`, currency), problem: null }
}

/** The sign before the smaller unit; null when there is none. Three digits behind a lone sign may be thousands, or one place too many. */
function decimalSign(number: string, places: number): '.' | ',' | null | 'unclear' {
  const signs = [...number].filter((each) => each === '.' || each === ',') as ('.' | ',')[]
  const last = signs.at(-1)
  if (last === undefined) return null
  if (new Set(signs).size === 2) return last
  if (signs.length > 1) return null
  const behind = number.length - number.indexOf(last) - 1
  if (behind !== 3 || places === 3) return last
  return places === 0 ? null : 'unclear'
}

function splitAtLast(number: string, sign: string): [string, string] {
  const at = number.lastIndexOf(sign)
  return [number.slice(0, at), number.slice(at + 1)]
}

const isOf = (word: string, currency: string): boolean => {
  if (word.toUpperCase() === currency) return true
  if (word.includes('$')) return isDollar(word.toUpperCase(), currency)
  return SIGNS[word.toLowerCase()]?.includes(currency) ?? false
}

/** `$`, `CA$` and `US$`: Intl writes all but the American with letters before it. */
const isDollar = (word: string, currency: string): boolean =>
  word === '$'
    ? inWords({ minor: 0, currency }).includes('$')
    : word === inWords({ minor: 0, currency }).replace(/[\d.,\s\u00a0]/g, '') || (word === 'US$' && currency === 'USD')

const wrong = (problem: string): TypedAmount => ({ money: null, problem })

const example = (currency: string): string => {
  const places = placesOf(currency)
  return places === 0 ? '1250' : `12.${'50'.padEnd(places, '0')}`
}
