import {
  finishReminder,
  listReminders,
  remindFromCard,
  remindMe,
  showLater,
  showReminders,
  snoozeFromCard,
  snoozeTicket,
  wakeTicket,
} from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../../tickets/index.ts'
import { showHome } from '../card/showing.ts'
import { remindersCard } from '../reminders/list-card.ts'
import { finish, remindersOf, remindIn } from '../reminders/reminding.ts'
import { laterCard, remindTyped, snoozeTyped } from './later-card.ts'
import { snooze, wake } from './snoozing.ts'

const reminders = (ctx: Ctx, { id, workspaceId }: Actor, say: string | null) =>
  inWorkspace(ctx, workspaceId, async (tx) => remindersCard(await remindersOf(ctx, tx, id ?? workspaceId), say), {
    reads: true,
  })

export const laterRoutes: readonly Route<Ctx>[] = [
  route(snoozeTicket, async (ctx: Ctx, { params, body, actor }) => {
    await snooze(ctx, params.ticketId, body.until, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(wakeTicket, async (ctx: Ctx, { params, actor }) => {
    await wake(ctx, params.ticketId, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(showLater, async (ctx: Ctx, { params, actor }) => {
    await viewTicket(ctx, params.ticketId, actor) // only a ticket that is there can be put off
    return laterCard({ ticketId: params.ticketId, fields: {}, problem: null })
  }),
  route(snoozeFromCard, (ctx: Ctx, { params, body, actor }) => snoozeTyped(ctx, params.ticketId, body.fields, actor)),
  route(remindFromCard, (ctx: Ctx, { params, body, actor }) => remindTyped(ctx, params.ticketId, body.fields, actor)),
  route(remindMe, (ctx: Ctx, { params, body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) =>
      remindIn(ctx, tx, { ticketId: params.ticketId, at: new Date(body.at), words: body.words }, actor),
    ),
  ),
  route(listReminders, (ctx: Ctx, { actor }) =>
    inWorkspace(
      ctx,
      actor.workspaceId,
      async (tx) => ({ items: await remindersOf(ctx, tx, actor.id ?? actor.workspaceId), next: null }),
      { reads: true },
    ),
  ),
  route(showReminders, (ctx: Ctx, { actor }) => reminders(ctx, actor, null)),
  route(finishReminder, async (ctx: Ctx, { params, query, actor }) => {
    await finish(ctx, params.reminderId, actor)
    return query.from === 'list' ? reminders(ctx, actor, 'Done') : showHome(ctx, actor)
  }),
]
