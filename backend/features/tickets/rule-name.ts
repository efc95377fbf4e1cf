import { Prisma } from '../../generated/prisma/client.ts'

/** What people call the rule that did something; looked up only where a system did it. @param who the columns `m.author_kind` and `m.author_id`, or the like */
export const ruleName = (who: 'm.author' | 'e.actor'): Prisma.Sql => {
  const [kind, id] = [Prisma.raw(`${who}_kind`), Prisma.raw(`${who}_id`)]
  const workspace = Prisma.raw(`${who.slice(0, 1)}.workspace_id`)
  return Prisma.sql`case when ${kind} = 'system' and ${id} is not null then
    (select 'Rule «' || u.name || '»' from desk.rule u where u.workspace_id = ${workspace} and u.id = ${id}) end`
}
