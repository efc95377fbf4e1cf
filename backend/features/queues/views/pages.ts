import { Prisma } from '../../../generated/prisma/client.ts'
import { packCursor, readCursor, type Signer } from '../../../platform/signer.ts'
import { claimSql } from '../../claims/index.ts'
import type { Held, Scene } from './held.ts'
import { beyondSql, orderSql, placeOf, taggedDueFirst } from './orders.ts'
import { rowColumns, rowJoins, type TicketRow } from './rows.ts'
import { heldBy, type Wanted } from './views.ts'

export type Place = readonly unknown[] | null

/** The statement of one page. @param limit one more than is shown tells whether there is another page */
export function pageOf(wanted: Wanted, scene: Scene, place: Place, limit: number): Prisma.Sql {
  const held = heldBy(wanted, scene)
  return Prisma.sql`
    select ${rowColumns(Prisma.sql`(${claimSql(scene.now)})`)}
    from (${ticketsOf(held, scene, place, limit)}) t ${rowJoins}
    order by ${orderSql(held.order)}`
}

/** The limit stands in the text: a plan that is made for any limit expects a tenth of the table. */
export function ticketsOf(held: Held, { workspaceId }: Scene, place: Place, limit: number): Prisma.Sql {
  const page = { workspaceId, place, limit: Prisma.raw(String(Math.trunc(limit))) }
  if (held.tag !== undefined) return taggedOf(held.tag, page)
  return held.kinds ? fewOrWalked(held, held.kinds, page) : walked(held, page)
}

type Page = { workspaceId: string; place: Place; limit: Prisma.Sql }

function walked({ where, order, through }: Held, { workspaceId, place, limit }: Page): Prisma.Sql {
  const walk = through?.order ?? order
  return Prisma.sql`
    select t.* from ${through?.from ?? Prisma.sql`desk.ticket t`}
    where t.workspace_id = ${workspaceId}::uuid and ${where} ${beyondSql(walk, place)}
    order by ${orderSql(walk)} limit ${limit}`
}

/** So many are read and sorted as quickly as a page is walked; of more, a page is soon found in their order. */
const FEW = 500

/** Of few among many all are read, because a walk would meet them late; OFFSET 0 keeps PostgreSQL from reading all tickets for them. */
function fewOrWalked(held: Held, kinds: Prisma.Sql, page: Page): Prisma.Sql {
  const { workspaceId, place, limit } = page
  const most = Prisma.raw(String(FEW))
  const areMany = Prisma.sql`${held.where} and (select n from number) > ${most}`
  return Prisma.sql`
    with few as materialized (select t.id from ${kinds} limit ${most} + 1),
    number (n) as materialized (select count(*) from few)
    select * from (
      (select t.* from few cross join lateral (
          select * from desk.ticket t where t.workspace_id = ${workspaceId}::uuid and t.id = few.id offset 0) t
        where (select n from number) <= ${most} ${beyondSql(held.order, place)})
      union all (${walked({ ...held, where: areMany }, page)})) t
    order by ${orderSql(held.order)} limit ${limit}`
}

/** The tag's own rows are in order: as many of them as the page needs, then their tickets. */
const taggedOf = (tag: string, { workspaceId, place, limit }: Page): Prisma.Sql => Prisma.sql`
  select t.* from (
    select g.ticket_id from desk.ticket_tag g
    where g.workspace_id = ${workspaceId}::uuid and g.tag = ${tag} ${beyondSql(taggedDueFirst, place)}
    order by ${orderSql(taggedDueFirst)} limit ${limit}) g
  join desk.ticket t on t.workspace_id = ${workspaceId}::uuid and t.id = g.ticket_id`

/** Where a page goes on; a cursor of another view, another reader or an older state of a saved view is refused. */
export const placeFrom = (signer: Signer, wanted: Wanted, scene: Scene, cursor: string | undefined): Place =>
  readCursor(signer, nameOf(wanted, scene), cursor)

export function pageFrom<R extends TicketRow>(
  signer: Signer,
  wanted: Wanted,
  scene: Scene,
  { rows, limit }: { rows: R[]; limit: number },
): { rows: R[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const { order } = heldBy(wanted, scene)
  return { rows: shown, next: last ? packCursor(signer, nameOf(wanted, scene), placeOf(order, last)) : null }
}

const nameOf = ({ view, of, saved }: Wanted, { workspaceId, me }: Scene): string =>
  ['queues', workspaceId, view, of ?? '', me ?? '', saved?.updatedAt.toISOString() ?? ''].join('/')
