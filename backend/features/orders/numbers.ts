import { numberKey } from './keys.ts'

/** More than anyone writes of; a mail that names more is a list. */
const MOST = 5

type Format = { numberPrefix: string; numberSuffix: string }

/**
 * The order numbers that a text names, as look-up keys: FF20418 where the shop's own letters stand before it, else the digits of
 * `#20418` and `order no. 20418`. Dates, prices, phone numbers, postcodes and tracking numbers are none.
 */
export function numbersIn(text: string, shops: readonly Format[]): string[] {
  const plain = text.normalize('NFKC').slice(0, 100_000)
  const own = shops.flatMap((shop) => ownNumbers(plain, shop))
  const digits = [...plain.matchAll(HASHED), ...plain.matchAll(NAMED)].map(([, number = '']) => number)
  const bare = digits.filter((number) => !own.some(({ digits: known }) => known === number))
  return [...new Set([...own.map(({ key }) => key), ...bare])].slice(0, MOST)
}

/** Numbers have 3 to 10 digits, begin with none of 0, and nothing goes on with them: no digit, letter, date, price or unit. */
const NUMBER = String.raw`([1-9]\d{2,9})`
const UNIT = String.raw`€|£|\$|¥|%|eur|euros?|usd|gbp|cad|aud|chf|jpy|dollars?|pounds?|pieces?|pcs|items?|units?|x|kg|g|ml|days?|hours?|minutes?`
const END = String.raw`(?![\p{L}\d]|[-./,:]\d|['’]\d|\s*(?:${UNIT})(?!\p{L})|[ \u00a0]?\d{3,})`

/** The letters before it say enough. */
const OWN_END = String.raw`(?![\p{L}\d]|[-./,:]\d)`

/** `#20418`, unless it is a flat or a room. */
const PLACES = `apt|apartment|flat|suite|ste|unit|room|rm|box|floor|building|bldg|door|house|street|st|phone|tel|fax`
const HASHED = new RegExp(String.raw`(?<![\p{L}\d&#])(?<!\b(?:${PLACES})\.?:?\s*)#\s?${NUMBER}${END}`, 'giu')

/** `order 20418`, `Order number: 20418`, `Bestellung Nr. 20418`, `commande n° 20418`. */
const WORDS = `orders?|bestell(?:ung|nummer|nr)|auftrag(?:snummer|snr)?|commande|pedido|ordine|ordre|bestilling|beställning|tilaus|zamówieni[ea]`
const FILLERS = `number|numbers|no|nr|nº|n°|num|numero|numéro|número|nummer|id|ref|reference|is|was|and|und|et|y`
const NAMED = new RegExp(
  String.raw`(?<!\p{L})(?:${WORDS})(?:[\s:.#(]|(?:(?<!\p{L})(?:${FILLERS})(?!\p{L})))*(?<![\p{L}\d])${NUMBER}${END}`,
  'giu',
)

/** `FF-20418`, `ff 20418` and `FF20418` where the shop writes FF-20418; a shop that writes #1001 has nothing of its own. */
function ownNumbers(text: string, { numberPrefix, numberSuffix }: Format): { key: string; digits: string }[] {
  const [before, after] = [numberKey(numberPrefix), numberKey(numberSuffix)]
  if (before === '' && after === '') return []
  const gap = String.raw`[\s\-–#_./]{0,2}`
  const pattern = new RegExp(
    String.raw`(?<![\p{L}\d])${before && spelled(before) + gap}([1-9]\d{2,9})${after ? gap + spelled(after) + String.raw`(?![\p{L}\d])` : OWN_END}`,
    'giu',
  )
  return [...text.matchAll(pattern)].map(([, digits = '']) => ({ key: `${before}${digits}${after}`, digits }))
}

/** The letters of a prefix, which people part as they like: F.F. and FF are one. */
const spelled = (key: string) => [...key].join(String.raw`[\s\-–._]?`)
