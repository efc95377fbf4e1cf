import { domainToUnicode } from 'node:url'
import { domainOf } from '../../settings/index.ts'

/** Letters of other alphabets that a hurried reader takes for Latin ones (Unicode TR 39, those that domains use most). */
const LOOKS: Record<string, string> = {
  а: 'a', ɑ: 'a', α: 'a', ạ: 'a', à: 'a', á: 'a', â: 'a', ä: 'a', ã: 'a', å: 'a', ā: 'a',
  ь: 'b', ƅ: 'b', с: 'c', ϲ: 'c', ç: 'c', ć: 'c', ԁ: 'd', ɗ: 'd', đ: 'd',
  е: 'e', ё: 'e', є: 'e', è: 'e', é: 'e', ê: 'e', ë: 'e', ẹ: 'e', ē: 'e', ė: 'e',
  ғ: 'f', ɡ: 'g', ġ: 'g', ğ: 'g', һ: 'h', ћ: 'h', і: 'i', ї: 'i', ı: 'i', ì: 'i', í: 'i', î: 'i', ï: 'i', ι: 'i',
  ј: 'j', к: 'k', κ: 'k', ḳ: 'k', ӏ: 'l', ł: 'l', ḷ: 'l', м: 'm', ṃ: 'm', ո: 'n', п: 'n', ñ: 'n', ń: 'n', ņ: 'n', ṇ: 'n', η: 'n',
  о: 'o', ο: 'o', օ: 'o', ò: 'o', ó: 'o', ô: 'o', ö: 'o', õ: 'o', ø: 'o', ọ: 'o', ō: 'o', σ: 'o',
  р: 'p', ρ: 'p', ԛ: 'q', г: 'r', ŗ: 'r', ѕ: 's', ś: 's', ş: 's', š: 's', ș: 's', ṣ: 's', т: 't', τ: 't', ţ: 't', ț: 't', ť: 't',
  у: 'y', υ: 'u', ù: 'u', ú: 'u', û: 'u', ü: 'u', ū: 'u', ս: 'u', ν: 'v', ѵ: 'v', ѡ: 'w', ԝ: 'w', ω: 'w', х: 'x', χ: 'x',
  ý: 'y', ÿ: 'y', γ: 'y', ź: 'z', ż: 'z', ž: 'z', ʐ: 'z',
} // biome-ignore format: a table

/** A domain as people read it: what is written `xn--…` in the letters that a mail program shows. */
export const readable = (domain: string): string => domainToUnicode(domain) || domain

/** A domain with all that looks alike made one. Two domains of one shape are told apart only by whoever reads letter by letter. */
export const shapeOfDomain = (domain: string): string =>
  [...readable(domain.toLowerCase()).normalize('NFKC')]
    .map((letter) => LOOKS[letter] ?? letter)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('-', '')
    .replace(/[01i5]/g, (letter) => ({ 0: 'o', 1: 'l', i: 'l', 5: 's' })[letter as '0' | '1' | 'i' | '5'])

/** Local part and shape of the domain. @param key look-up key of an address */
export const shapeOf = (key: string): string => `${localOf(key)}@${shapeOfDomain(domainOf(key))}`

export const localOf = (key: string): string => key.slice(0, key.indexOf('@'))

/** Names that are shorter differ by a letter and are simply two names. Of our own, fewer letters are enough to be careful. */
export const LETTERS = { ours: 4, theirs: 6 }

/**
 * Whether another domain may be taken for this one: of one shape, or a letter away from it. The same domain and parts of it may not.
 * @param letters that a name has to have before one letter more or less counts
 */
export function looksLike(domain: string, model: string, letters: number): boolean {
  if (domain === model || domain.endsWith(`.${model}`) || model.endsWith(`.${domain}`)) return false
  const [one, other] = [shapeOfDomain(domain), shapeOfDomain(model)]
  if (one === other) return true
  if (Math.min(nameIn(domain).length, nameIn(model).length) < letters) return false
  return isOneEditAway(one, other) || isOneEditAway(readable(domain), readable(model))
}

/** A domain behind ours, as a hurried reader on a phone sees it: shop.example.evil.test, shop-example.test. */
export function beginsLike(domain: string, model: string): boolean {
  if (domain === model || domain.endsWith(`.${model}`)) return false
  const [one, other] = [domain, model].map((each) => `-${readable(each).toLowerCase().replaceAll('.', '-')}-`)
  return one !== undefined && other !== undefined && one.includes(other)
}

/** Whether two domains are one name under two endings: shop.com and shop.co.uk. */
export function hasOtherEnding(domain: string, model: string, letters: number): boolean {
  const [one, other] = [stemOf(domain), stemOf(model)]
  return domain !== model && one === other && one.length >= letters
}

const ENDING = /\.(?:(?:co|com|net|org|gov|edu|ac)\.)?[^.]+$/

const stemOf = (domain: string): string => readable(domain).toLowerCase().replace(ENDING, '')

/** Text with all letters that look alike made one, and nothing that cannot be seen. */
export const shapeOfText = (text: string): string =>
  [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\p{Cf}/gu, ''),
  ]
    .map((letter) => LOOKS[letter] ?? letter)
    .join('')

/** The part before the top-level domain. */
const nameIn = (domain: string): string => domain.slice(0, Math.max(0, domain.lastIndexOf('.')))

/** One letter more, less, another one, or two that changed places. */
export function isOneEditAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1 || short === long) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at++
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  if (short.slice(at + 1) === long.slice(at + 1)) return true
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2)
}

const ALPHABETS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u]

/** Whether a part of a domain mixes alphabets that look alike, which no honest name does. */
export const isDisguised = (domain: string): boolean =>
  readable(domain)
    .split('.')
    .some((label) => ALPHABETS.filter((alphabet) => alphabet.test(label)).length > 1)
