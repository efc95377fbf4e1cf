import type { AddonEvent } from '../../event.ts'
import { unsavedTexts } from '../tickets/unsaved-texts.ts'

/** The ticket whose card lies `depth` cards below, so that the way back brings that one up to date, with what had been typed into it. */
type Below = { ticketId: string; typed: Record<string, string>; depth: number }

/** As it travels through the client, for a card on top of a ticket's own; empty when something else is below. */
export const belowOf = (ticketId: string, event: AddonEvent): string =>
  ticketId && JSON.stringify({ ticketId, typed: unsavedTexts(event), depth: 1 } satisfies Below)

/** The same for one more card on top. */
export function deeper(over: string): string {
  const below = read(over)
  return below && JSON.stringify({ ...below, depth: below.depth + 1 })
}

/** Where a ticket's own card is: how many cards lie on top of it, and what had been typed into it. */
export function placeOf(over: string, ticketId?: string): { ticketId: string; onTop: string; typed: string } {
  const below = read(over)
  return below && (ticketId === undefined || below.ticketId === ticketId)
    ? { ticketId: below.ticketId, onTop: String(below.depth), typed: JSON.stringify(below.typed) }
    : { ticketId: ticketId || '', onTop: '0', typed: '' }
}

const read = (over: string): Below | '' => over && (JSON.parse(over) as Below)
