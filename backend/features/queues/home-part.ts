import type { PanelSection } from '../../../shared/panel.ts'
import type { StaffRole } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import type { Actor, StaffActor } from '../../platform/actor.ts'

/** What a feature that queues do not know adds to the homepage. It is asked beside the queue, on a trip of its own. */
export type HomePart = {
  /** For whom; nobody else waits for it. */
  roles: readonly StaffRole[]
  /** Sections above the views. */
  sections(ctx: Ctx, reader: StaffActor): Promise<PanelSection[]>
}

/** What all parts add for this reader. */
export async function addedAtHome(ctx: Ctx, reader: Actor): Promise<PanelSection[]> {
  if (reader.kind !== 'staff') return []
  const parts = ctx.homeParts.filter(({ roles }) => roles.includes(reader.role))
  return (await Promise.all(parts.map((part) => part.sections(ctx, reader)))).flat()
}
