import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { QueueName } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { NOTICES_PATH } from '../../notices/index.ts'
import { addedAtHome } from '../home-part.ts'
import { readQueue } from '../reading.ts'
import { chosenBy } from './choices.ts'
import { queueCard } from './queue-card.ts'

/** A card has room for so many tickets below what stands above them. */
export const ON_CARD = 10

type Asked = { view: QueueName; of: string | null; cursor?: string | undefined }

/** One view as a card, as this actor may see it; its later pages show no more than tickets. */
export async function showView(ctx: Ctx, asked: Asked, actor: Actor): Promise<PanelCard> {
  const [queue, added] = await Promise.all([
    readQueue(ctx, { ...asked, limit: ON_CARD }, actor),
    asked.cursor === undefined ? addedAtHome(ctx, actor) : [],
  ])
  return queueCard(queue, actor, { added, noticesUrl: ctx.config.http.pagesUrl + NOTICES_PATH })
}

/** The view that was chosen in the drop-down. */
export const showChosen = (ctx: Ctx, fields: PanelFields['fields'], actor: Actor): Promise<PanelCard> =>
  showView(ctx, chosenBy(fields['view']?.[0] ?? 'mine'), actor)

/** Where everybody begins. */
export const showHome = (ctx: Ctx, actor: Actor): Promise<PanelCard> => showView(ctx, { view: 'mine', of: null }, actor)
