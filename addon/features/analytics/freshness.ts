import type { Freshness } from '../../../shared/analytics.ts'
import type { Reader } from '../../event.ts'
import { instant } from '../../kit/instant.ts'

/** An instant with its day, also of today: a sheet is read later. */
export const fullInstant = (iso: string, reader: Reader): string => instant(iso, { ...reader, now: new Date(0) })

/** How old the figures are. */
export const freshWords = ({ asOf, words }: Freshness, reader: Reader): string =>
  asOf ? `Figures as of ${fullInstant(asOf, reader)}. ${words}` : words
