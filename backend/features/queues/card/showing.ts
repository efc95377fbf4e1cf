import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { QueueName } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { readQueue } from '../reading.ts'
import { chosenBy } from './choices.ts'
import { queueCard } from './queue-card.ts'

/** A card has room for so many tickets below what stands above them. */
export const ON_CARD = 10

type Asked = { view: QueueName; of: string | null; cursor?: string | undefined }

/** One view as a card, as this actor may see it. */
export const showView = async (ctx: Ctx, asked: Asked, actor: Actor): Promise<PanelCard> =>
  queueCard(await readQueue(ctx, { ...asked, limit: ON_CARD }, actor), actor)

/** The view that was chosen in the drop-down. */
export const showChosen = (ctx: Ctx, fields: PanelFields['fields'], actor: Actor): Promise<PanelCard> =>
  showView(ctx, chosenBy(fields['view']?.[0] ?? 'mine'), actor)

/** Where everybody begins. */
export const showHome = (ctx: Ctx, actor: Actor): Promise<PanelCard> => showView(ctx, { view: 'mine', of: null }, actor)
