import { RULE_LIMITS, type RuleDefinition, type RuleInput } from '../../../../shared/rules.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { forgetTriggers } from '../listening.ts'
import { sweepFrom } from '../timing/cutting.ts'
import { impossibleIn } from './checking.ts'
import { lockRule, type RuleRow, ruleIn, rulesIn, triggerCode } from './rows.ts'
import { missingIn, targetsIn } from './targets.ts'
import { tidied } from './tidying.ts'

/** Adds a rule at the end of the order. @returns its id @throws DeskError invalid_request for one that could do nothing */
export const addRule = (ctx: Ctx, wish: RuleInput, by: Actor): Promise<string> =>
  changing(ctx, by, async (tx) => {
    const rules = await rulesIn(tx)
    if (rules.length >= RULE_LIMITS.rules)
      throw new DeskError('invalid_request', `A workspace keeps at most ${RULE_LIMITS.rules} rules. Remove one first.`)
    const { on, ...given } = wish
    const definition = await checked(tx, given, on)
    const id = newId(tx.now)
    const row = await columnsOf(tx, definition, on)
    await tx.rule.create({
      data: { ...row, workspaceId: tx.workspaceId, id, position: rules.length + 1, createdAt: tx.now },
      select: { id: true },
    })
    await note(ctx, tx, { before: null, after: { ...definition, on }, by })
    return id
  })

type Rewrite = RuleInput & { version: number }

/**
 * Rewrites a rule, or switches it on or off. A rule that is off may name what is gone; it is looked at when it is switched on.
 * @throws DeskError stale_version when somebody changed it since, or invalid_request with what to do
 */
export const writeRule = (ctx: Ctx, id: string, { version, on, ...given }: Rewrite, by: Actor): Promise<void> =>
  changing(ctx, by, async (tx) => {
    const rule = await lockRule(tx, id)
    if (rule.version !== version)
      throw new DeskError(
        'stale_version',
        'Somebody changed this rule since you opened it. Look at it again, then save yours.',
      )
    const definition = await checked(tx, given, on)
    const data = { ...(await columnsOf(tx, definition, on)), version: version + 1 }
    const keeps = on && rule.state === 'on' && JSON.stringify(rule.definition.when) === JSON.stringify(definition.when)
    const { sweptAt: _at, sweptId: _id, ...standing } = data
    await tx.rule.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
      data: keeps ? standing : data,
      select: { id: true },
    })
    await note(ctx, tx, { before: { ...rule.definition, on: rule.state === 'on' }, after: { ...definition, on }, by })
  })

/** On or off, as it stands. @throws DeskError invalid_request when it names what is gone */
export async function switchRule(ctx: Ctx, id: string, on: boolean, by: Actor): Promise<void> {
  const { version, definition } = await inWorkspace(ctx, by.workspaceId, (tx) => ruleIn(tx, id), { reads: true })
  await writeRule(ctx, id, { ...definition, on, version }, by)
}

/** Puts a rule at a place; the others close up. */
export const moveRule = (ctx: Ctx, id: string, position: number, by: Actor): Promise<void> =>
  changing(ctx, by, async (tx) => {
    const rules = await rulesIn(tx)
    const rule = rules.find((one) => one.id === id)
    if (!rule) throw new DeskError('not_found', 'There is no such rule any more.')
    const others = rules.filter((one) => one.id !== id)
    const inOrder = [...others.slice(0, position - 1), rule, ...others.slice(position - 1)]
    await place(tx, inOrder)
    const names = (list: readonly RuleRow[]) => ({ order: list.map(({ definition }) => definition.name) })
    await note(ctx, tx, { before: names(rules), after: names(inOrder), by })
  })

/** What it did stays in the record, so its row stays behind. */
export const removeRule = (ctx: Ctx, id: string, by: Actor): Promise<void> =>
  changing(ctx, by, async (tx) => {
    const rule = await lockRule(tx, id)
    await tx.rule.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
      data: { state: 'removed', problem: null, updatedAt: tx.now },
      select: { id: true },
    })
    await place(
      tx,
      (await rulesIn(tx)).filter((one) => one.id !== id),
    )
    await note(ctx, tx, { before: { ...rule.definition, on: rule.state === 'on' }, after: null, by })
  })

/** One changes rules at a time in a workspace, because their order is one thing; from the end on all processes hear of it. */
async function changing<T>(ctx: Ctx, by: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const done = await inWorkspace(ctx, by.workspaceId, async (tx) => {
    await tx.$executeRaw`select from desk.workspace where workspace_id = ${tx.workspaceId}::uuid for no key update`
    return work(tx)
  })
  forgetTriggers(ctx, by.workspaceId)
  return done
}

const place = (tx: Tx, inOrder: readonly { id: string }[]) => tx.$executeRaw`
  update desk.rule r set position = o.place
  from unnest(${inOrder.map(({ id }) => id)}::uuid[]) with ordinality as o (id, place)
  where r.workspace_id = ${tx.workspaceId}::uuid and r.id = o.id`

async function checked(tx: Tx, given: RuleDefinition, on: boolean): Promise<RuleDefinition> {
  const definition = tidied(given)
  const wrong = impossibleIn(definition) ?? (on ? missingIn(definition, await targetsIn(tx)) : null)
  if (wrong !== null) throw new DeskError('invalid_request', wrong)
  return definition
}

/** By time a rule begins with what gets there from now on: what stands there for long is left as people left it. */
async function columnsOf(tx: Tx, definition: RuleDefinition, on: boolean) {
  return {
    name: definition.name,
    state: on ? 'on' : 'off',
    problem: null,
    trigger: triggerCode(definition),
    definition,
    sweptAt: on ? await sweepFrom(tx, definition.when) : null,
    sweptId: null,
    updatedAt: tx.now,
  }
}

type Noted = { before: unknown; after: unknown; by: Actor }

async function note(ctx: Ctx, tx: Tx, change: Noted): Promise<void> {
  await noteChange(tx, await ctx.keyring.box(tx), { setting: 'rules', ...change })
}
