import { sentencesOf } from '../sentences.ts'
import { daysSaidIn, mayDate, type SaidDays } from './dates.ts'

/** An amount as somebody wrote it, in thousandths; `currency` is null where its sign stands for several. */
export type SaidAmount = { thousandths: number; currency: string | null; words: string }

/** What one sentence of an answer says was done. */
export type Said =
  | { kind: 'refund' | 'gift_card'; amounts: SaidAmount[]; done: boolean }
  /** The last four characters of a gift card's code. */
  | { kind: 'code'; last: string }
  | ({ kind: 'days' } & SaidDays)

const LONGEST_SENTENCE = 600
const MOST = 20

const SIGNS: Record<string, string | null> = { '€': 'EUR', '£': 'GBP', $: null, euro: 'EUR', euros: 'EUR', eur: 'EUR' }
const UNIT = String.raw`(?:€|£|\$|EUR|USD|GBP|CHF|SEK|DKK|NOK|PLN|CAD|AUD|euros?)`
const NUMBER = String.raw`(\d{1,3}(?:[.,' \u00a0]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)(?:,-|,--)?`
const AMOUNT = new RegExp(`(?<![\\w.,])(?:(${UNIT}) ?${NUMBER}|${NUMBER} ?(${UNIT})(?!-?\\p{L}))`, 'giu')

/** Worth a look at all: most answers name no money, code, order or day, and cost nothing more. */
export const mayClaim = (text: string): boolean =>
  REFUND.test(text) ||
  GIFT_CARD.test(text) ||
  text.includes('ccgc') ||
  OWN_NUMBER.test(text) ||
  NAMED_NUMBER.test(text) ||
  mayDate(text)

/** Wider than what a shop writes, which a look-up tells apart. */
const OWN_NUMBER = /#\s?[1-9]\d{2}|(?<![\p{L}\d])\p{Lu}{1,6}[-–_]?[1-9]\d{2,9}(?![\p{L}\d])/u
const NAMED_NUMBER =
  /(?:order|bestell|auftrag|commande|pedido|ordine|encomenda|zamówieni|beställning)\p{L}*[^\d\n]{0,20}[1-9]\d{2}/iu

const REFUND = /refund|reimburs|credited back|erstatt|zurücküberw|zurückgezahlt|rembours|reembols|rimbors|terugbetaa/iu
const GIFT_CARD =
  /gift ?card|voucher|gutschein|geschenkkarte|carte[- ]cadeau|tarjeta (?:de )?regalo|buono regalo|cadeaubon/iu
/** Said as done, not as something to come. */
const DONE =
  /\b(?:have|has|had|was|were|been|refunded|issued|sent|created|attached|haben|habe|hat|wurde|wurden|ist|avons|ai|été|hemos|abbiamo|hebben)\b/iu
const TO_COME =
  /\b(?:will|shall|would|can|could|may|might|going to|werden|wird|würden?|können|kann|könnten?|allons|pouvons|podemos|potremmo|if|wenn|falls|offer|bieten)\b|['’]ll\b|\?/iu

/**
 * What an answer says about money that went back, gift cards and their codes, and days.
 * @param masked the fresh text, codes masked
 * @param sentOn the day on which it was sent by the clock of the workspace, YYYY-MM-DD: «yesterday» is the day before
 */
export function saidIn(masked: string, sentOn: string): Said[] {
  return sentencesOf(masked, LONGEST_SENTENCE)
    .flatMap((sentence) => ofSentence(sentence, sentOn))
    .slice(0, MOST)
}

function ofSentence(sentence: string, sentOn: string): Said[] {
  const codes = [...sentence.matchAll(/ccgc…([a-z0-9]{4})/gu)].map(([, last = '']): Said => ({ kind: 'code', last }))
  const amounts = amountsIn(sentence)
  const kinds = [
    ...(REFUND.test(sentence) ? (['refund'] as const) : []),
    ...(GIFT_CARD.test(sentence) ? (['gift_card'] as const) : []),
  ]
  const toCome = TO_COME.test(sentence)
  const done = DONE.test(sentence) && !toCome
  const days = daysSaidIn(sentence, { money: kinds.length > 0, toCome, sentOn })
  // A sentence about both does not say which amount belongs to which.
  const [kind] = kinds
  return [
    ...codes,
    ...(kinds.length === 1 && kind && amounts.length > 0 ? [{ kind, amounts, done }] : []),
    ...days.map((said) => ({ kind: 'days' as const, ...said })),
  ]
}

/** Amounts of money as people write them: 25.00 EUR, €25, 1.234,50 €, $1,234.50, EUR 25,-. */
export function amountsIn(text: string): SaidAmount[] {
  return [...text.matchAll(AMOUNT)].flatMap(([words, before, first, second, after]) => {
    const unit = (before ?? after ?? '').toLowerCase()
    const thousandths = thousandthsOf(first ?? second ?? '')
    const currency = unit in SIGNS ? (SIGNS[unit] ?? null) : unit.toUpperCase()
    return thousandths === null ? [] : [{ thousandths, currency, words: words.trim() }]
  })
}

/** The last sign with one or two digits behind it parts the cents; every other sign groups thousands. */
function thousandthsOf(number: string): number | null {
  const [, whole = '', cents = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(number) ?? []
  const digits = whole.replace(/[.,' \u00a0]/g, '')
  if (!/^\d{1,10}$/.test(digits)) return null
  return Number(digits) * 1_000 + Number(cents.padEnd(3, '0') || 0)
}
