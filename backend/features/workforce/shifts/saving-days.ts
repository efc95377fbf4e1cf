import type { StaffActor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { keepAtWork } from '../clocking/keeping-at-work.ts'
import { addShifts, cancelShifts } from './cancelling.ts'
import type { DayDraft } from './drafting-days.ts'
import { dayPlanned } from './events.ts'
import type { Stretch } from './laying-out.ts'

/** Saves drafts that have no problem. What stays as it was keeps its row, and with it what was offered of it. */
export async function saveDays(
  tx: Tx,
  drafts: readonly DayDraft[],
  source: 'exception' | 'import',
  by: StaffActor,
): Promise<void> {
  const changed = drafts.filter(({ unchanged }) => !unchanged)
  const gone = changed.flatMap(({ before, after }) => before.filter((shift) => !has(after, shift)))
  await cancelShifts(
    tx,
    gone.map(({ id }) => id),
    source,
  )
  const added = changed.flatMap(({ person, before, after }) =>
    after
      .filter((stretch) => !has(before, stretch))
      .map((stretch) => ({ ...stretch, staffId: person.id, id: newId(tx.now) })),
  )
  await addShifts(tx, added, source)
  await keepAtWork(
    tx,
    changed.map(({ person }) => person.id),
  )
  await markByHand(
    tx,
    changed.map(({ person, day }) => ({ staffId: person.id, day })),
    { source, byId: by.id },
  )
  if (source === 'import') return // a file is one event
  await record(
    tx,
    changed.map(({ person, day, after }) => dayPlanned({ staffId: person.id, day, source, shifts: after.length, by })),
  )
}

const has = (all: readonly Stretch[], { startsAt, endsAt }: Stretch): boolean =>
  all.some((each) => each.startsAt.getTime() === startsAt.getTime() && each.endsAt.getTime() === endsAt.getTime())

/** From now on templates leave these days alone. */
export async function markByHand(
  tx: Tx,
  days: readonly { staffId: string; day: string }[],
  { source, byId }: { source: 'exception' | 'import' | 'swap'; byId: string },
): Promise<void> {
  if (days.length === 0) return
  await tx.$executeRaw`
    insert into desk.shift_exception (workspace_id, staff_id, day, source, by_id, at)
    select distinct ${tx.workspaceId}::uuid, n.staff_id, n.day, ${source}, ${byId}::uuid, ${tx.now}::timestamptz
    from unnest(${days.map(({ staffId }) => staffId)}::uuid[], ${days.map(({ day }) => day)}::date[]) as n (staff_id, day)
    on conflict (workspace_id, staff_id, day) do update set source = excluded.source, by_id = excluded.by_id, at = excluded.at`
}
