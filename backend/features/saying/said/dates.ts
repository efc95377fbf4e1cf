import { words } from '../promises/languages/speech.ts'
import { calendarDays, type NamedDay } from '../promises/naming-days.ts'

/** What somebody says happened, or will happen, on a day. */
export const DATED = ['refunded', 'ordered', 'shipped', 'delivered', 'expected'] as const
export type Dated = (typeof DATED)[number]

/** Days of one sentence, and what they are said to be the day of. */
export type SaidDays = { about: Dated[]; days: NamedDay[] }

const SHIPPED =
  /shipped|dispatched|sent out|handed to the carrier|left our warehouse|verschickt|versendet|versandt|abgeschickt|expédi|envoyé|enviad|despachad|spedit[oaie]|verzonden|verstuurd|wysłan|nadan[aoy]|skicka(?:d|t|des)|afsendt/iu
const DELIVERED =
  /delivered|arrived|zugestellt|geliefert|angekommen|livré|entregad|entregue|consegnat|bezorgd|geleverd|doręczon|levererad|levererats|leveret/iu
const EXPECTED = words(
  'will (?:be delivered|arrive)',
  'arrives',
  '(?:is|are) expected',
  'wird .{0,40}(?:zugestellt|geliefert|ankommen)',
  '(?:kommt|trifft) .{0,40} an',
  'arrivera',
  'sera livrée?',
  'llegará',
  'será entregad[oa]',
  'arriverà',
  'sarà consegnat[oa]',
  'wordt .{0,40}(?:bezorgd|geleverd)',
  'komt .{0,40} aan',
  'chegará',
  'será entregue',
  'dotrze',
  'kommer fram',
  'ankommer',
)
const ORDERED = words(
  '(?:you|that was) (?:placed|ordered)',
  'orders? (?:of|from|placed on|dated)',
  '(?:bestellung|auftrag) vom',
  'bestellt',
  'commande du',
  'commandé',
  'pedido del?',
  'ordine del',
  'bestelling van',
  'besteld',
  'encomenda de',
  'zamówieni\\p{L}+ z',
  'beställning från',
  'bestilling fra',
)

/** Worth a look: a day of something that the desk knows the day of. */
export const mayDate = (text: string): boolean =>
  [SHIPPED, DELIVERED, EXPECTED, ORDERED].some((pattern) => pattern.test(text)) && calendarDays(text, null).length > 0

/** @param money whether the sentence says that money went back @param toCome whether it says what will be, or may be */
export function daysSaidIn(sentence: string, { money, toCome }: { money: boolean; toCome: boolean }): SaidDays | null {
  const days = calendarDays(sentence, null).filter(({ day, month }) => day > 0 && day < 32 && month > 0 && month < 13)
  const about = days.length === 0 ? [] : aboutOf(sentence, { money, toCome })
  return about.length === 0 ? null : { about, days }
}

function aboutOf(sentence: string, { money, toCome }: { money: boolean; toCome: boolean }): Dated[] {
  const ordered: Dated[] = ORDERED.test(sentence) ? ['ordered'] : []
  if (money) return toCome ? [] : ['refunded', ...ordered]
  if (EXPECTED.test(sentence)) return ['expected', 'delivered', ...ordered]
  if (toCome) return []
  const done: Dated[] = [
    ...(SHIPPED.test(sentence) ? (['shipped'] as const) : []),
    ...(DELIVERED.test(sentence) ? (['delivered'] as const) : []),
  ]
  return [...done, ...ordered]
}

const ABOUT_WORDS: Record<Dated, string> = {
  refunded: 'the refund was on',
  ordered: 'the order was placed on',
  shipped: 'the parcel left on',
  delivered: 'it was delivered on',
  expected: 'it is expected on',
}

/**
 * What is wrong with days that were said; null where they are right or nobody knows better.
 * @param known days of what happened, YYYY-MM-DD, by what happened
 */
export function wrongDays({ about, days }: SaidDays, known: Record<Dated, readonly string[]>): string | null {
  const right = about.flatMap((each) => known[each])
  if (about.some((each) => each !== 'delivered' && known[each].length === 0) || right.length === 0) return null
  const isRight = (day: NamedDay) => right.some((one) => isSameDay(day, one))
  if (days.length > about.length ? days.some(isRight) : days.every(isRight)) return null
  const told = about.flatMap((each) => known[each].slice(0, 2).map((day) => `${ABOUT_WORDS[each]} ${dayWords(day)}`))
  const wrong = days.filter((day) => !isRight(day)).map(({ day, month }) => `${day} ${MONTHS[month - 1]}`)
  return `You wrote ${wrong.join(', ')}; the desk knows: ${[...new Set(told)].join('; ')}.`
}

const isSameDay = ({ day, month, year }: NamedDay, known: string): boolean =>
  known.slice(5) === `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` &&
  (year === null || known.startsWith(year))

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

const dayWords = (day: string): string =>
  `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
