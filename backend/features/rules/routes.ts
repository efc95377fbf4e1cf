import {
  addRule as addEndpoint,
  getRuleTrial,
  listRules as listEndpoint,
  listRuleRuns,
  moveRule as moveEndpoint,
  type Rule,
  removeRule as removeEndpoint,
  tryRules,
  writeRule as writeEndpoint,
} from '../../../shared/rules.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { listRules } from './definitions/presenting.ts'
import { addRule, moveRule, removeRule, writeRule } from './definitions/writing.ts'
import { listRuns } from './listing.ts'
import { presentTrial } from './trials/presenting.ts'
import { trialOf } from './trials/rows.ts'
import { startTrial } from './trials/starting.ts'

const allRules = (ctx: Ctx, { workspaceId }: Actor) => inWorkspace(ctx, workspaceId, listRules, { reads: true })

async function oneRule(ctx: Ctx, id: string, actor: Actor): Promise<Rule> {
  const rule = (await allRules(ctx, actor)).find((one) => one.id === id)
  if (!rule) throw new DeskError('not_found', 'There is no such rule any more.')
  return rule
}

export const ruleRoutes: readonly Route<Ctx>[] = [
  route(listEndpoint, async (ctx: Ctx, { actor }) => ({ items: await allRules(ctx, actor) })),
  route(addEndpoint, async (ctx: Ctx, { body, actor }) => oneRule(ctx, await addRule(ctx, body, actor), actor)),
  route(writeEndpoint, async (ctx: Ctx, { params, body, actor }) => {
    await writeRule(ctx, params.ruleId, body, actor)
    return oneRule(ctx, params.ruleId, actor)
  }),
  route(moveEndpoint, async (ctx: Ctx, { params, body, actor }) => {
    await moveRule(ctx, params.ruleId, body.position, actor)
    return { items: await allRules(ctx, actor) }
  }),
  route(removeEndpoint, async (ctx: Ctx, { params, actor }) => {
    await removeRule(ctx, params.ruleId, actor)
    return { removed: true }
  }),
  route(listRuleRuns, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listRuns(ctx.signer, tx, query), { reads: true }),
  ),
  route(tryRules, (ctx: Ctx, { actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => presentTrial(await trialOf(tx, await startTrial(tx, actor)))),
  ),
  route(getRuleTrial, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => presentTrial(await trialOf(tx, params.trialId)), { reads: true }),
  ),
]
