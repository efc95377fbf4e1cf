import type { TemplateUse } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { laterBy } from './days.ts'
import { templateEnded, templateGiven } from './events.ts'
import { planNow } from './jobs.ts'
import { heldPeople, lockPlan, startProblemOf } from './locking.ts'
import { templateIn } from './templates.ts'
import { dayWords } from './words.ts'

type Use = { id: string; staffId: string; templateId: string; name: string; from: string; to: string | null }
type Days = { from: string; to: string | null }

/**
 * Gives people a template. What they had until further notice ends the day before.
 * @returns how many got it, who did not have it already
 * @throws DeskError not_found, or invalid_request that names whom it cannot be given, and why
 */
export const giveTemplate = (
  ctx: Ctx,
  templateId: string,
  { staffIds, ...days }: Days & { staffIds: readonly string[] },
  by: Actor,
): Promise<{ given: number }> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const template = await templateIn(tx, templateId)
    if (template.retired)
      throw new DeskError('invalid_request', `${template.name} is not given any more. Choose another template.`)
    await refuseDays(tx, days)
    const ids = await whoGets(tx, templateId, { staffIds: [...new Set(staffIds)], ...days })
    await endBefore(tx, ids, days.from)
    await give(tx, templateId, ids, days)
    await record(
      tx,
      ids.map((staffId) => templateGiven({ templateId, staffId, by })),
    )
    await planNow(tx, ids)
    return { given: ids.length }
  })

/** Those of some people who do not have a template for these days already. @throws DeskError not_found, invalid_request */
async function whoGets(
  tx: Tx,
  templateId: string,
  { staffIds, ...days }: Days & { staffIds: readonly string[] },
): Promise<string[]> {
  const people = await heldPeople(tx, staffIds)
  if (people.length < staffIds.length)
    throw new DeskError(
      'not_found',
      'Somebody of these does not work on tickets any more. Open the page again, and choose anew.',
    )
  const uses = Map.groupBy(await usesOf(tx, staffIds, days.from), ({ staffId }) => staffId)
  const isIt = (use: Use) => use.templateId === templateId && use.from === days.from && use.to === days.to
  const anew = people.filter(({ id }) => !uses.get(id)?.some(isIt))
  for (const person of anew) {
    const problem = startProblemOf(person, days.from) ?? inTheWay(person.name, uses.get(person.id) ?? [], days)
    if (problem) throw new DeskError('invalid_request', problem)
  }
  return anew.map(({ id }) => id)
}

async function refuseDays(tx: Tx, { from, to }: Days): Promise<void> {
  const today = dayIn(await zoneOf(tx), tx.now)
  if (from < today)
    throw new DeskError(
      'invalid_request',
      'A template begins today or later. Days that are over are planned one by one.',
    )
  if (to !== null && to < from) throw new DeskError('invalid_request', 'The last day comes after the first.')
}

/** Templates of people that are not over on a day, the first one first. */
export const usesOf = (tx: Tx, staffIds: readonly string[], day: string): Promise<Use[]> => tx.$queryRaw<Use[]>`
  select u.id::text, u.staff_id::text as "staffId", u.template_id::text as "templateId", t.name, u.from_day::text as "from", u.to_day::text as "to"
  from desk.shift_template_use u join desk.shift_template t on t.workspace_id = u.workspace_id and t.id = u.template_id
  where u.workspace_id = ${tx.workspaceId}::uuid and u.staff_id = any(${[...staffIds]}::uuid[]) and coalesce(u.to_day, 'infinity') >= ${day}::date
  order by u.from_day`

/** What lies over the days and does not end by itself. */
function inTheWay(name: string, uses: readonly Use[], { from, to }: Days): string | null {
  const other = uses.find((use) => (to === null || use.from <= to) && (use.from >= from || use.to !== null))
  if (!other) return null
  const until = other.to === null ? 'on' : `to ${dayWords(other.to)}`
  return `${name} works by ${other.name} from ${dayWords(other.from)} ${until}. End that first, or choose other days.`
}

const endBefore = (tx: Tx, staffIds: readonly string[], from: string) => tx.$executeRaw`
  update desk.shift_template_use set to_day = ${from}::date - 1
  where workspace_id = ${tx.workspaceId}::uuid and staff_id = any(${[...staffIds]}::uuid[]) and from_day < ${from}::date and to_day is null`

const give = (tx: Tx, templateId: string, staffIds: readonly string[], { from, to }: Days) => tx.$executeRaw`
  insert into desk.shift_template_use (workspace_id, id, staff_id, template_id, from_day, to_day)
  select ${tx.workspaceId}::uuid, n.id, n.staff_id, ${templateId}::uuid, ${from}::date, ${to}::date
  from unnest(${staffIds.map(() => newId(tx.now))}::uuid[], ${[...staffIds]}::uuid[]) as n (id, staff_id)`

/**
 * Sets the last day of a template; one that would end before it begins is taken back.
 * @returns what its person works by from now on
 * @throws DeskError not_found, or invalid_request for a day that is over
 */
export const endUse = (ctx: Ctx, useId: string, to: string, by: Actor): Promise<TemplateUse[]> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const { workspaceId } = tx
    const today = dayIn(await zoneOf(tx), tx.now)
    const use = await tx.shiftTemplateUse.findUnique({ where: { workspaceId_id: { workspaceId, id: useId } } })
    if (!use) throw new DeskError('not_found', 'This template was taken back already. Open the page again.')
    if (to < laterBy(today, -1))
      throw new DeskError('invalid_request', 'Choose yesterday or a later day: what is over stays as it was.')
    const { staffId, templateId } = use
    const begin = use.fromDay.toISOString().slice(0, 10)
    const next = (await usesOf(tx, [staffId], begin)).find(({ from }) => from > begin && from <= to)
    if (next)
      throw new DeskError('invalid_request', `From ${dayWords(next.from)} it is ${next.name}. Choose a day before.`)
    await tx.$executeRaw`
      delete from desk.shift_template_use where workspace_id = ${workspaceId}::uuid and id = ${useId}::uuid and from_day > ${to}::date`
    await tx.$executeRaw`
      update desk.shift_template_use set to_day = ${to}::date where workspace_id = ${workspaceId}::uuid and id = ${useId}::uuid`
    await record(tx, [templateEnded({ templateId, staffId, by })])
    await planNow(tx, [staffId])
    return (await usesOf(tx, [staffId], today)).map(presentUse)
  })

export const presentUse = ({ id, templateId, name, from, to }: Use): TemplateUse => ({ id, templateId, name, from, to })
