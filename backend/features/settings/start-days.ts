import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { noteChange } from './changes.ts'
import { staffStartChanged } from './events.ts'

/** First days at work that are known, YYYY-MM-DD, by person. */
export async function startDaysOf(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; day: string }[]>`
    select s.id::text, s.started_on::text as day from desk.staff s
    where s.workspace_id = ${tx.workspaceId}::uuid and s.started_on is not null`
  return new Map(rows.map(({ id, day }) => [id, day]))
}

/** Sets somebody's first day at work. @param day YYYY-MM-DD; null is not known @throws DeskError not_found */
export const setStartDay = (ctx: Ctx, staffId: string, day: string | null, by: Actor): Promise<string | null> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const person = await personIn(tx, staffId)
    if (person.startedOn === day) return day
    await tx.$executeRaw`
      update desk.staff set started_on = ${day}::date where workspace_id = ${tx.workspaceId}::uuid and id = ${staffId}::uuid`
    const { name, email, startedOn } = person
    await noteChange(tx, await ctx.keyring.box(tx), {
      setting: 'staff',
      before: { name, email, startedOn },
      after: { name, email, startedOn: day },
      by,
    })
    await record(tx, [staffStartChanged({ staffId, by })])
    return day
  })

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Person = { name: string; email: string; startedOn: string | null }

async function personIn(tx: Tx, staffId: string): Promise<Person> {
  const [person] = UUID.test(staffId)
    ? await tx.$queryRaw<Person[]>`
        select s.name, s.email, s.started_on::text as "startedOn" from desk.staff s
        where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${staffId}::uuid for update`
    : []
  if (!person) throw new DeskError('not_found', 'Nobody of the staff has this id. Open the page again.')
  return person
}
