import { type BreakKind, type BreakKinds, DEFAULT_BREAK_KINDS } from '../../../../shared/workforce.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** Kinds of breaks as one JSON value, in their order; null while a workspace has those that everybody begins with. */
export const kindsSql = (workspaceId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  (select json_agg(json_build_object('id', k.id, 'label', k.label, 'minutes', k.minutes, 'retired', k.retired) order by k.place, k.id)
  from desk.break_kind k where k.workspace_id = ${workspaceId})`

/** All kinds of breaks, retired ones too. */
export async function breakKindsIn(tx: Tx): Promise<readonly BreakKind[]> {
  const [row] = await tx.$queryRaw<{ kinds: BreakKind[] | null }[]>`
    select ${kindsSql(Prisma.sql`${tx.workspaceId}::uuid`)} as kinds`
  return row?.kinds ?? DEFAULT_BREAK_KINDS
}

/** Kinds that somebody may choose. */
export const offered = (kinds: readonly BreakKind[]): BreakKind[] => kinds.filter(({ retired }) => !retired)

/** The kinds, and the version that the next edit must name. */
export async function readBreakKinds(tx: Tx): Promise<BreakKinds> {
  const row = await tx.workforceSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  return { version: row?.kindsVersion ?? 0, items: [...(await breakKindsIn(tx))] }
}

/** @throws DeskError invalid_request for a break that nobody may choose */
export async function chosenKind(tx: Tx, id: string): Promise<BreakKind> {
  const kinds = offered(await breakKindsIn(tx))
  const kind = kinds.find((each) => each.id === id)
  if (!kind)
    throw new DeskError(
      'invalid_request',
      `There is no such break any more. Choose one of these: ${kinds.map(({ label }) => label).join(', ')}.`,
    )
  return kind
}
