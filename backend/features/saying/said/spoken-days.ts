import { SPEECHES } from '../promises/languages/all.ts'
import { later } from '../promises/naming-days.ts'
import type { Dated, SpokenDay } from './dated.ts'

const WEEKDAYS = SPEECHES.en.weekdays.flat()
const RELATIVE =
  '(?:the )?day (?:before yesterday|after tomorrow)|yesterday|last night|tomorrow|today|tonight|this (?:morning|afternoon|evening)'
const WEEKDAY = `(?:last |this |next )?(?:${WEEKDAYS.join('|')})`

const ENDS_IN_WEEKDAY = new RegExp(`(?:${WEEKDAYS.join('|')})$`, 'iu')
const SPOKEN = new RegExp(`\\b(?:${RELATIVE}|${WEEKDAY})\\b`, 'iu')

/** Worth a look. */
export const maySpeakOfDays = (text: string): boolean => SPOKEN.test(text)

/** Only these stand between what happened and its day; any other word may make the day another's: «shipped, as I wrote yesterday». */
const BETWEEN = String.raw`(?:it|them|out|off|back|to|you|your|the|in|full|be|arrive|delivered|parcel|package|order|items?|goods|safely|already|for|with|by|via|from|our|warehouse|address|home|door|neighbou?r|carrier|courier|royal|mail|post|dhl|ups|fedex|usps|dpd|gls|money|card|account|bank|paypal|amount|[€$£]?\d[\d.,]*|eur|usd|gbp|[€£$])`
const LATEST = 'by |before |until |no later than '
/** Of «Friday or Monday», «Friday week» and «the Friday after» nobody knows which is meant. */
const ALONE = String.raw`(?!,? (?:or|and|to|until|week|after|before|of)\b|\s?[-–/])`

const linked = (what: string): RegExp =>
  new RegExp(
    `\\b(?:${what})(?: ${BETWEEN}){0,7}? (?:on |(?<latest>${LATEST}))?(?:the )?(?<day>${RELATIVE}|${WEEKDAY})\\b${ALONE}(?<ending>(?: (?:morning|afternoon|evening))? at the latest)?`,
    'giu',
  )

const SAID: Record<Dated, RegExp> = {
  refunded: linked('refunded|reimbursed|credited back'),
  ordered: linked('you (?:ordered|placed)|(?:your|the|an) order (?:of|from)'),
  shipped: linked('shipped|dispatched|sent out|left our warehouse|handed (?:over )?to the carrier'),
  delivered: linked('delivered|arrived'),
  expected: linked('will (?:be delivered|arrive)|arrives|(?:is|are) expected'),
}

/** Who asks, denies or supposes has said nothing. */
const UNSURE =
  /\b(?:not|never|no|if|whether|unless|once|when|would|could|might|should|usually|normally|hope|assume)\b(?! later than)|n['’]t\b|\?/iu
/** Before «shipped»: it has not happened yet, or happens every day. */
const TO_COME = /\b(?:is|are|get|gets|will|shall|can|may|must|be|being|to)\b|['’]ll\b/iu
/** What has days of its own, which the desk does not know. */
const OTHERS =
  /\b(?:gift ?cards?|vouchers?|codes?|invoices?|e-?mails?|messages?|links?|letters?|labels?|forms?|receipts?|replacements?|new|returns?|returned|back|supplier|stock|to us|to our|another|others?|second|rest|missing|refund\w*|money|payment)\b|(?<!royal )\bmail\b/iu
const PARCEL = /\b(?:parcels?|packages?|orders?|shipments?|delivery|it|they|items?|goods)\b/iu
const CARDS = /\b(?:gift ?cards?|vouchers?|codes?)\b/iu

type Said = { about: Dated[]; days: SpokenDay[] }

/**
 * Days in English words that a sentence gives to what happened, or will happen, to a parcel, an order or a refund.
 * @param sentOn the day on which it was written, YYYY-MM-DD
 * @param isDated whether it names days of the calendar, too: «Friday» belongs to one of them then
 */
export function spokenDaysIn(sentence: string, sentOn: string, isDated: boolean): Said[] {
  if (UNSURE.test(sentence)) return []
  return (Object.keys(SAID) as Dated[])
    .filter((about) => isMeant(about, sentence))
    .flatMap((about) =>
      [...sentence.matchAll(SAID[about])].flatMap((match) => {
        const { day = '', latest, ending } = match.groups ?? {}
        const isAhead = about === 'expected'
        if (!isAhead && TO_COME.test(wordsBefore(sentence, match.index))) return []
        const among = isDated && ENDS_IN_WEEKDAY.test(day) ? [] : daysMeant(day.toLowerCase(), sentOn, isAhead)
        const spoken = { words: day, among, latest: latest !== undefined || ending !== undefined }
        return among.length === 0 ? [] : [{ about: isAhead ? ['expected', 'delivered'] : [about], days: [spoken] }]
      }),
    )
}

const isMeant = (about: Dated, sentence: string): boolean =>
  about === 'refunded' || about === 'ordered' ? !CARDS.test(sentence) : PARCEL.test(sentence) && !OTHERS.test(sentence)

/** Enough for «will be», «has to be». */
const wordsBefore = (sentence: string, at: number): string => sentence.slice(0, at).split(' ').slice(-4).join(' ')

/** What a word may mean on a day; nothing where it looks the wrong way. */
function daysMeant(words: string, sentOn: string, isAhead: boolean): string[] {
  const relative = RELATIVES.find(({ pattern }) => pattern.test(words))
  const days = relative?.days ?? weekdaysAway(words, sentOn, isAhead)
  return days.filter((away) => away === 0 || away > 0 === isAhead).map((away) => later(sentOn, away))
}

/** Days away. «Last night» is said after midnight, too. */
const RELATIVES: readonly { pattern: RegExp; days: readonly number[] }[] = [
  { pattern: /before yesterday$/, days: [-2] },
  { pattern: /after tomorrow$/, days: [2] },
  { pattern: /^yesterday$/, days: [-1] },
  { pattern: /^last night$/, days: [-1, 0] },
  { pattern: /^tomorrow$/, days: [1] },
  { pattern: /^to(?:day|night)$|^this (?:morning|afternoon|evening)$/, days: [0] },
]

/** «Last Friday» and «next Friday» are this week's to some and another's to others; a Friday that is said on a Friday may be today. */
function weekdaysAway(words: string, sentOn: string, isAhead: boolean): number[] {
  const weekday = WEEKDAYS.findIndex((name) => words.endsWith(name))
  const sign = isAhead ? 1 : -1
  const away = (sign * (weekday - new Date(`${sentOn}T12:00:00Z`).getUTCDay()) + 14) % 7
  const other = /^(?:last|next) /.exec(words)?.[0]
  if (other === undefined) return away === 0 ? [0, sign * 7] : [sign * away]
  const nearest = away === 0 ? 7 : away
  return (other === 'next ') === isAhead ? [sign * nearest, sign * (nearest + 7)] : []
}
