import { getNoticeChoices, writeNoticeChoices } from '../../../shared/notices.ts'
import type { Ctx } from '../../context.ts'
import type { Actor, StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { choicesIn, writeChoices } from './choosing/choices.ts'

export const noticeRoutes = [
  route(getNoticeChoices, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => choicesIn(tx, personOf(actor)), { reads: true }),
  ),
  route(writeNoticeChoices, (ctx: Ctx, { body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => writeChoices(tx, body, personOf(actor))),
  ),
]

/** The endpoints admit people only; this says so to the types. */
function personOf(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new DeskError('forbidden', 'Only a person chooses what reaches them.')
  return actor
}
