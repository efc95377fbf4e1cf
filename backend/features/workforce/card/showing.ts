import type { PanelCard } from '../../../../shared/panel.ts'
import type { Work, WorkPressQuery } from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { press } from '../acting.ts'
import { workOf } from '../clocking/standing.ts'
import { saidOf } from '../words.ts'
import { workCard } from './work-card.ts'

export const showWorkCard = async (ctx: Ctx, me: StaffActor): Promise<PanelCard> =>
  workCardFor(ctx, me, await inWorkspace(ctx, me.workspaceId, (tx) => workOf(tx, me.id), { reads: true }), null)

export async function pressOnCard(ctx: Ctx, query: WorkPressQuery, me: StaffActor): Promise<PanelCard> {
  const answer = await press(ctx, query, me)
  return workCardFor(ctx, me, answer, saidOf(query.to, answer))
}

/** The card of somebody, with what a press came to. */
export const workCardFor = (ctx: Ctx, { name }: StaffActor, work: Work, say: string | null): PanelCard =>
  workCard(work, { name, now: ctx.clock.now(), say, page: `${ctx.config.http.pagesUrl}/desk/work` })
