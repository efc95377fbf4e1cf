import type { TicketSummary, TicketView } from '../../../shared/tickets.ts'
import type { Ctx } from '../../context.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { pageFrom, pageOf, placeFrom } from './views/pages.ts'
import { presentRow, type TicketRow } from './views/rows.ts'
import { OPEN } from './views/work.ts'

type Page = { view: TicketView; me: string | null; cursor?: string | undefined; limit: number }

/** One page of a view; every view has its index, so the page costs the same at any size. */
export async function listView(
  ctx: Pick<Ctx, 'signer'>,
  tx: Tx,
  { view, me, cursor, limit }: Page,
): Promise<{ items: TicketSummary[]; next: string | null }> {
  const scene = { workspaceId: tx.workspaceId, me, now: tx.now }
  const wanted = { view, of: null }
  const place = placeFrom(ctx.signer, wanted, scene, cursor)
  const found = await tx.$queryRaw<TicketRow[]>(pageOf(wanted, scene, place, limit + 1))
  const { rows, next } = pageFrom(ctx.signer, wanted, scene, { rows: found, limit })
  return { items: rows.map(presentRow), next }
}

/** Open tickets of one person, snoozed ones too, up to `limit` + 1. */
export async function countOpenOf(tx: Tx, staffId: string, limit: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int from (select from desk.ticket t where t.workspace_id = ${tx.workspaceId}::uuid and ${OPEN}
      and t.assignee_id = ${staffId}::uuid limit ${limit + 1}) counted`
  return row?.count ?? 0
}
