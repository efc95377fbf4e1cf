import { words } from '../promises/languages/speech.ts'
import { calendarDays, type NamedDay } from '../promises/naming-days.ts'
import type { Dated, SpokenDay } from './dated.ts'
import { maySpeakOfDays, spokenDaysIn } from './spoken-days.ts'

/** A day of the calendar; an earlier one is right, too, where it is the latest: «by 24 November». */
type CalendarDay = NamedDay & { latest: boolean }

/** Days of one sentence, and what they are said to be the day of. */
export type SaidDays = { about: Dated[]; days: (CalendarDay | SpokenDay)[] }

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
  [SHIPPED, DELIVERED, EXPECTED, ORDERED].some((pattern) => pattern.test(text)) &&
  (maySpeakOfDays(text) || calendarDays(text, null).length > 0)

/** Who denies or supposes has said nothing. */
const UNSURE = words(
  'not',
  'never',
  'if',
  'unless',
  'once',
  'would',
  'could',
  'might',
  'nicht',
  'nie',
  'wenn',
  'falls',
  'sobald',
  'pas',
  'jamais',
  'nunca',
  'niet',
  'nooit',
  'não',
  'inte',
  'aldrig',
  'ikke',
)

const LATEST = words(
  "(?:by|before|until|no later than|bis|spätestens|vor|avant|d['’]ici|d['’]ici au|au plus tard|antes|antes del|hasta|entro|prima del|uiterlijk|vóór|até|do|przed|senast|innan|senest|inden)(?: (?:the|zum|dem|am|le|el|il|al|op|den|o))?(?: \\p{L}+,?)?(?: (?:the|den|le|el))? \\d{1,4}(?:st|nd|rd|th|er)?",
)

type Sense = { money: boolean; toCome: boolean; sentOn: string }

/**
 * @param money whether the sentence says that money went back
 * @param toCome whether it says what will be, or may be
 * @param sentOn the day on which it was written, YYYY-MM-DD
 */
export function daysSaidIn(sentence: string, { money, toCome, sentOn }: Sense): SaidDays[] {
  const latest = LATEST.test(sentence)
  const days = calendarDays(sentence, null)
    .filter(({ day, month }) => day > 0 && day < 32 && month > 0 && month < 13)
    .map((day) => ({ ...day, latest }))
  const about = days.length === 0 || UNSURE.test(sentence) ? [] : aboutOf(sentence, { money, toCome })
  return [...(about.length === 0 ? [] : [{ about, days }]), ...spokenDaysIn(sentence, sentOn, days.length > 0)]
}

function aboutOf(sentence: string, { money, toCome }: Omit<Sense, 'sentOn'>): Dated[] {
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
  const isRight = (day: CalendarDay | SpokenDay) => right.some((one) => isDay(day, one))
  if (days.length > about.length ? days.some(isRight) : days.every(isRight)) return null
  const told = about.flatMap((each) => known[each].slice(0, 2).map((day) => `${ABOUT_WORDS[each]} ${dayWords(day)}`))
  const wrong = days.filter((day) => !isRight(day)).map(saidWords)
  return `You wrote ${wrong.join(', ')}; the desk knows: ${[...new Set(told)].join('; ')}.`
}

const saidWords = (day: CalendarDay | SpokenDay): string =>
  'among' in day ? day.words : `${day.day} ${MONTHS[day.month - 1]}`

function isDay(said: CalendarDay | SpokenDay, known: string): boolean {
  const days = 'among' in said ? said.among : inYears(said, Number(known.slice(0, 4)))
  return days.some((day) => day === known || (said.latest && day > known && monthsBetween(known, day) < SOON))
}

/** Without a year it is the one of what is known, or the one after: «by 3 January» is said in December. */
const inYears = ({ day, month, year, latest }: CalendarDay, known: number): string[] =>
  (year ? [year] : latest ? [known, known + 1] : [known]).map(
    (of) => `${of}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  )

/** Months; what is further ahead than half a year was not said of this. */
const SOON = 6
const monthsBetween = (early: string, late: string): number =>
  (Number(late.slice(0, 4)) - Number(early.slice(0, 4))) * 12 + Number(late.slice(5, 7)) - Number(early.slice(5, 7))

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
