import type { Setting } from '../../../shared/settings.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { settingChanged } from './events.ts'

/** What a setting was and became, as JSON; null is nothing. */
export type Change = { setting: Setting; before: unknown; after: unknown; by: Pick<Actor, 'kind' | 'id'> }

/** Notes a change of a setting in its transaction: in the record by its code, and sealed for admins to read. What stays as it was is not noted. */
export async function noteChange(tx: Tx, box: Box, { setting, before, after, by }: Change): Promise<void> {
  const content = JSON.stringify({ before: before ?? null, after: after ?? null })
  if (JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) return
  const { workspaceId, now } = tx
  const id = newId(now)
  const sealed = box.seal('setting_change.content', id, content)
  await tx.settingChange.create({
    data: { workspaceId, id, setting, byKind: by.kind, byId: by.id, content: sealed, changedAt: now },
  })
  await record(tx, [settingChanged({ setting, changeId: id, by })])
}

export type NotedChange = {
  id: string
  setting: Setting
  before: unknown
  after: unknown
  by: string
  at: Date
  /** What the ids in it are called. */
  names: ReadonlyMap<string, string>
}

/**
 * Changes of settings, newest first.
 * @param before the id of the last one shown; null for the newest
 */
export async function changesBefore(tx: Tx, box: Box, before: string | null, limit: number): Promise<NotedChange[]> {
  const rows = await tx.$queryRaw<Row[]>(changesSql(tx.workspaceId, before, limit))
  const contents = rows.map(({ id, content }) => box.openText('setting_change.content', id, content))
  const names = await namesOf(tx, rows, contents)
  return rows.map(({ id, setting, byKind, byId, changedAt }, at) => ({
    ...(JSON.parse(contents[at] ?? '') as { before: unknown; after: unknown }),
    id,
    names,
    setting: setting as Setting,
    by: names.get(byId ?? '') ?? (byKind === 'system' ? 'whoever runs the desk' : 'somebody who left'),
    at: changedAt,
  }))
}

type Row = { id: string; setting: string; byKind: string; byId: string | null; content: Uint8Array; changedAt: Date }

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Exported so that a test can look at its plan. */
export const changesSql = (workspaceId: string, before: string | null, limit: number): Prisma.Sql => Prisma.sql`
  select c.id::text, setting, by_kind as "byKind", by_id::text as "byId", content, changed_at as "changedAt" from desk.setting_change c
  where c.workspace_id = ${workspaceId}::uuid and c.id < ${before ?? NEWEST}::uuid order by c.id desc limit ${limit}`

const ID = /"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"/g

/** Of who changed something, and of what the changes name. */
async function namesOf(tx: Tx, rows: readonly Pick<Row, 'byId'>[], contents: readonly string[]) {
  const named = contents.flatMap((content) => (content.match(ID) ?? []).map((quoted) => quoted.slice(1, -1)))
  const ids = [...new Set([...named, ...rows.flatMap(({ byId }) => byId ?? [])])]
  const where = { workspaceId: tx.workspaceId, id: { in: ids } }
  const staff = await tx.staff.findMany({ where, select: { id: true, name: true } })
  const keys = await tx.apiKey.findMany({ where, select: { id: true, name: true } })
  const mailboxes = await tx.mailbox.findMany({ where, select: { id: true, address: true } })
  const replies = await tx.savedReply.findMany({
    where: { ...where, ownerId: null },
    select: { id: true, title: true },
  })
  return new Map([
    ...staff.map(({ id, name }) => [id, name] as const),
    ...keys.map(({ id, name }) => [id, `the key «${name}»`] as const),
    ...mailboxes.map(({ id, address }) => [id, address] as const),
    ...replies.map(({ id, title }) => [id, title] as const),
  ])
}
