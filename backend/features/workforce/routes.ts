import {
  addWorkTimes,
  beginBreak,
  correctWorkTimes,
  endBreak,
  endForSomebody,
  getBreakKinds,
  getWork,
  getWorkCard,
  getWorkDay,
  getWorkSettings,
  listAtWork,
  logIn,
  logOut,
  pressWorkCard,
  stayAtWork,
  writeBreakKinds,
  writeWorkSettings,
} from '../../../shared/workforce.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { endForSomebody as endFor, press } from './acting.ts'
import { readBreakKinds } from './breaks/kinds.ts'
import { writeBreakKinds as writeKinds } from './breaks/writing-kinds.ts'
import { pressOnCard, showWorkCard } from './card/showing.ts'
import { addTimes, correctTimes } from './clocking/correcting.ts'
import { workDayOf } from './clocking/days.ts'
import { presentOnNow, whoIsOn } from './clocking/on-now.ts'
import { workOf } from './clocking/standing.ts'
import { personOf } from './people.ts'
import { workSettingsIn, writeWorkSettingsIn } from './settings.ts'

export const workforceRoutes = [
  route(getWork, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => workOf(tx, personOf(actor).id), { reads: true }),
  ),
  route(logIn, (ctx: Ctx, { actor }) => press(ctx, { to: 'log_in' }, personOf(actor))),
  route(logOut, (ctx: Ctx, { actor }) => press(ctx, { to: 'log_out' }, personOf(actor))),
  route(beginBreak, (ctx: Ctx, { body, actor }) => press(ctx, { to: 'break', kind: body.kind }, personOf(actor))),
  route(endBreak, (ctx: Ctx, { actor }) => press(ctx, { to: 'back' }, personOf(actor))),
  route(stayAtWork, (ctx: Ctx, { actor }) => press(ctx, { to: 'stay' }, personOf(actor))),
  route(listAtWork, async (ctx: Ctx, { actor }) => ({
    items: (await inWorkspace(ctx, actor.workspaceId, whoIsOn, { reads: true })).map(presentOnNow),
  })),
  route(endForSomebody, (ctx: Ctx, { params, body, actor }) => endFor(ctx, params.staffId, body, personOf(actor))),
  route(getWorkCard, (ctx: Ctx, { actor }) => showWorkCard(ctx, personOf(actor))),
  route(pressWorkCard, (ctx: Ctx, { query, actor }) => pressOnCard(ctx, query, personOf(actor))),
  route(getWorkDay, (ctx: Ctx, { params, query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => workDayOf(ctx, tx, params.staffId, query.day), { reads: true }),
  ),
  route(addWorkTimes, (ctx: Ctx, { params, body, actor }) => addTimes(ctx, params.staffId, body, personOf(actor))),
  route(correctWorkTimes, (ctx: Ctx, { params, body, actor }) =>
    correctTimes(ctx, params.sessionId, body, personOf(actor)),
  ),
  route(getBreakKinds, (ctx: Ctx, { actor }) => inWorkspace(ctx, actor.workspaceId, readBreakKinds, { reads: true })),
  route(writeBreakKinds, (ctx: Ctx, { body, actor }) => writeKinds(ctx, body, actor)),
  route(getWorkSettings, (ctx: Ctx, { actor }) => inWorkspace(ctx, actor.workspaceId, workSettingsIn, { reads: true })),
  route(writeWorkSettings, (ctx: Ctx, { body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => writeWorkSettingsIn(tx, await ctx.keyring.box(tx), body, actor)),
  ),
]
