import type { PanelCard } from '../../../../shared/panel.ts'
import type { PageAnswer, Visit } from '../../settings/index.ts'
import type { Caller } from '../api.ts'
import { type Around, cardView } from '../panel/card-view.ts'
import { timedText } from '../panel/clock.ts'
import { placeOf } from '../place.ts'

type Shown = Partial<Omit<Around, 'clock'>>

/** A card that the API described, as a page. */
export async function showCard(
  { ctx, actor }: Caller,
  visit: Visit,
  card: PanelCard,
  { path = null, ticketId = null, kept = {}, typed = {}, problem = null }: Shown,
): Promise<Extract<PageAnswer, { title: string }>> {
  const { clock } = await placeOf(ctx, actor)
  const body = cardView(visit, card, { clock, path, ticketId, kept, typed, problem })
  return { title: timedText(card.title, clock), body }
}
