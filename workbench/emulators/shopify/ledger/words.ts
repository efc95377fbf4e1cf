import { inWords } from '../../../../shared/money.ts'
import type { Instant } from '../store/records/ids.ts'
import type { Bag, Money } from '../store/records/money.ts'

export const money = (amount: Money): string => inWords(amount)

/** What the customer saw, and the shop's own money where that is another one. */
export const both = ({ shop, presentment }: Bag): string =>
  shop.currency === presentment.currency ? money(shop) : `${money(presentment)} (${money(shop)})`

/** PARTIALLY_FULFILLED as a person says it: Partially fulfilled. */
export function state(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export type Tone = 'good' | 'open' | 'bad' | 'quiet'

const TONES: Record<Exclude<Tone, 'quiet'>, string[]> = {
  good: ['PAID', 'FULFILLED', 'DELIVERED', 'SUCCESS', 'WON', 'taken', 'COMPLETED'],
  open: [
    'PENDING',
    'AUTHORIZED',
    'PARTIALLY_PAID',
    'UNFULFILLED',
    'PARTIALLY_FULFILLED',
    'IN_TRANSIT',
    'OUT_FOR_DELIVERY',
    'NEEDS_RESPONSE',
    'UNDER_REVIEW',
    'waiting',
    'OPEN',
  ],
  bad: [
    'FAILURE',
    'ERROR',
    'LOST',
    'ON_HOLD',
    'DELAYED',
    'ATTEMPTED_DELIVERY',
    'VOIDED',
    'EXPIRED',
    'lost',
    'given-up',
  ],
}

/** The colour of a state; it is always written out as well. */
export const tone = (name: string): Tone =>
  (Object.keys(TONES) as (keyof typeof TONES)[]).find((one) => TONES[one].includes(name)) ?? 'quiet'

/** How a moment lies to now: just now, 25 min ago, 3 h ago, or its date. */
export function when(at: Instant, now: Date): string {
  const minutes = Math.round((now.getTime() - Date.parse(at)) / 60_000)
  if (minutes < 0) return `in ${span(-minutes)}`
  if (minutes === 0) return 'just now'
  return minutes < WEEK ? `${span(minutes)} ago` : at.slice(0, 10)
}

const WEEK = 7 * 24 * 60

function span(minutes: number): string {
  if (minutes < 60) return `${minutes} min`
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`
}
