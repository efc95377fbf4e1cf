import {
  DEFAULT_DIGEST_HOUR,
  NOTICE_KINDS,
  NoticeChoices,
  type NoticeKind,
  type NoticeWay,
  noticeKindsFor,
  waysFor,
} from '../../../../shared/notices.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { noticesChosen } from '../events.ts'

/** What somebody chose, and what is usual where they did not. */
export async function choicesIn(tx: Tx, { id: staffId, role }: StaffActor): Promise<NoticeChoices> {
  const where = { workspaceId: tx.workspaceId, staffId }
  const chosen = new Map<string, string>()
  for (const { kind, way } of await tx.noticeChoice.findMany({ where })) chosen.set(kind, way)
  const times = await tx.noticeTimes.findUnique({ where: { workspaceId_staffId: where } })
  const ways = noticeKindsFor(role).map((kind) => [kind, chosen.get(kind) ?? NOTICE_KINDS[kind].usual] as const)
  return NoticeChoices.parse({
    ways: Object.fromEntries(ways),
    digestHour: times?.digestHour ?? DEFAULT_DIGEST_HOUR,
    quiet: times?.quiet ?? true,
  })
}

/** @throws DeskError invalid_request for what must reach them, and for what nobody tells their role */
export async function writeChoices(
  tx: Tx,
  { ways, digestHour, quiet }: NoticeChoices,
  by: StaffActor,
): Promise<NoticeChoices> {
  const { workspaceId, now } = tx
  const mine = { workspaceId, staffId: by.id }
  const wanted = Object.entries(ways) as [NoticeKind, NoticeWay][]
  for (const [kind, way] of wanted) refuseSilence(kind, way, by)
  await tx.$executeRaw`
    insert into desk.notice_choice (workspace_id, staff_id, kind, way)
    select ${workspaceId}::uuid, ${by.id}::uuid, kind, way
    from unnest(${wanted.map(([kind]) => kind)}::text[], ${wanted.map(([, way]) => way)}::text[]) as chosen (kind, way)
    on conflict (workspace_id, staff_id, kind) do update set way = excluded.way`
  const times = { digestHour, quiet, updatedAt: now }
  await tx.noticeTimes.upsert({
    where: { workspaceId_staffId: mine },
    create: { ...mine, ...times },
    update: times,
  })
  await record(tx, [noticesChosen({ staffId: by.id, by })])
  return choicesIn(tx, by)
}

function refuseSilence(kind: NoticeKind, way: NoticeWay, { role }: StaffActor): void {
  const { label } = NOTICE_KINDS[kind]
  if (!noticeKindsFor(role).includes(kind))
    throw new DeskError('invalid_request', `«${label}» does not concern your role (${role}).`)
  if (!waysFor(kind).includes(way))
    throw new DeskError(
      'invalid_request',
      `«${label}» must reach you at once, because others wait for you. Choose mail, push or both.`,
    )
}
