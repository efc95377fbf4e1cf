import { MOST_TEMPLATES, type ShiftTemplate, type ShiftTemplateWish, type Slot } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange, zoneOf } from '../../settings/index.ts'
import { weekProblemOf } from './checking-hours.ts'
import { planNow } from './jobs.ts'
import { lockPlan } from './locking.ts'

/** All templates by name, retired ones last. */
export async function templatesIn(tx: Tx): Promise<ShiftTemplate[]> {
  const today = dayIn(await zoneOf(tx), tx.now)
  return tx.$queryRaw<ShiftTemplate[]>`
    select t.id::text, t.name, t.slots, t.retired, t.version,
      (select count(distinct u.staff_id)::int from desk.shift_template_use u
        where u.workspace_id = t.workspace_id and u.template_id = t.id and coalesce(u.to_day, 'infinity') >= ${today}::date) as people
    from desk.shift_template t where t.workspace_id = ${tx.workspaceId}::uuid order by t.retired, t.name, t.id limit ${MOST_TEMPLATES}`
}

/** @throws DeskError not_found */
export async function templateIn(tx: Tx, id: string): Promise<ShiftTemplate> {
  const template = (await templatesIn(tx)).find((each) => each.id === id)
  if (!template)
    throw new DeskError('not_found', 'There is no such template in your workspace. Choose one from the list.')
  return template
}

/** @throws DeskError invalid_request for a week that overlaps itself, or a name that is taken */
export const addTemplate = (ctx: Ctx, wish: ShiftTemplateWish, by: Actor): Promise<ShiftTemplate> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const all = await templatesIn(tx)
    if (all.length >= MOST_TEMPLATES)
      throw new DeskError(
        'move_not_allowed',
        `There is room for ${MOST_TEMPLATES} templates. Change one that nobody works by.`,
      )
    const after = checked(ctx, wish, all)
    const id = newId(tx.now)
    await tx.shiftTemplate.create({ data: { workspaceId: tx.workspaceId, id, ...after } })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'shift_templates', before: null, after, by })
    return templateIn(tx, id)
  })

/**
 * Changes a template; shifts of it that have not begun follow.
 * @throws DeskError not_found, stale_version, invalid_request
 */
export const editTemplate = (
  ctx: Ctx,
  id: string,
  { version, retired, ...wish }: ShiftTemplateWish & { version: number; retired: boolean },
  by: Actor,
): Promise<ShiftTemplate> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const { name, slots, ...before } = await templateIn(tx, id)
    if (before.version !== version)
      throw new DeskError(
        'stale_version',
        'Somebody changed this template since you opened it. Look at it again, then save yours.',
      )
    const others = (await templatesIn(tx)).filter((each) => each.id !== id)
    const after = { ...checked(ctx, wish, others), retired }
    const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
    await tx.shiftTemplate.update({ where, data: { ...after, version: { increment: 1 } } })
    await noteChange(tx, await ctx.keyring.box(tx), {
      setting: 'shift_templates',
      before: { name, slots, retired: before.retired },
      after,
      by,
    })
    if (JSON.stringify(slots) !== JSON.stringify(after.slots)) await planNow(tx, await peopleOf(tx, id))
    return templateIn(tx, id)
  })

/** Names are told apart as people read them; slots stand in the order of the week. */
function checked(ctx: Ctx, wish: ShiftTemplateWish, others: readonly ShiftTemplate[]): ShiftTemplateWish {
  const name = ctx.mask(wish.name.trim())
  if (others.some((each) => each.name.toLowerCase() === name.toLowerCase()))
    throw new DeskError('invalid_request', `There is a template ${name} already. Give this one another name.`)
  const problem = weekProblemOf(wish.slots)
  if (problem) throw new DeskError('invalid_request', problem)
  const slots = wish.slots.map(({ weekday, from, to }): Slot => ({ weekday, from, to }))
  return { name, slots: slots.toSorted((a, b) => a.weekday - b.weekday || a.from - b.from) }
}

async function peopleOf(tx: Tx, templateId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ staffId: string }[]>`
    select distinct u.staff_id::text as "staffId" from desk.shift_template_use u
    where u.workspace_id = ${tx.workspaceId}::uuid and u.template_id = ${templateId}::uuid
      and coalesce(u.to_day, 'infinity') >= ${tx.now}::date - 1`
  return rows.map(({ staffId }) => staffId)
}
