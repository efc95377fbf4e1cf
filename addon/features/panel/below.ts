import type { AddonEvent } from '../../event.ts'
import { unsavedTexts } from '../tickets/unsaved-texts.ts'

/** The ticket whose card lies right below a panel, so that the way back brings that one up to date, with what had been typed into it. */
type Below = { ticketId: string; typed: Record<string, string> }

/** As it travels through the client; empty when something else is below. */
export const belowOf = (ticketId: string, event: AddonEvent): string =>
  ticketId && JSON.stringify({ ticketId, typed: unsavedTexts(event) } satisfies Below)

/** What had been typed into the card of this ticket; null when that is not what lies below. */
export function typedBelow(over: string, ticketId: string): Below['typed'] | null {
  const below = over === '' ? null : (JSON.parse(over) as Below)
  return below?.ticketId === ticketId ? below.typed : null
}
