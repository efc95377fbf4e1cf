import type { Ctx } from '../../../context.ts'
import { dayBegins, dayOf } from '../figures/zones.ts'
import type { Ask } from '../reading/readers.ts'

/** Instants before which a workspace had a ticket: what was once there is asked for no second time. */
const known = new Map<string, number>()
const MOST_KNOWN = 1_000

/**
 * The day of the first ticket, when it came after a day had begun: then nothing was counted on the days in between, which is not 0.
 * @param from YYYY-MM-DD by the clocks of the zone
 * @returns null when there was a ticket before, none at all, or no figures yet
 */
export async function beganAfter(
  ctx: Ctx,
  workspaceId: string,
  { from, zone }: { from: string; zone: string },
): Promise<string | null> {
  const at = dayBegins(zone, from)
  if ((known.get(workspaceId) ?? Number.POSITIVE_INFINITY) <= at) return null
  return ctx.figures.read(workspaceId, async (ask) => {
    if (await hasBefore(ask, at)) {
      remember(workspaceId, at)
      return null
    }
    const [first] = await ask('select epoch_ms(min(opened_at))::double as at_ms from ticket')
    return typeof first?.['at_ms'] === 'number' ? dayOf(zone, first['at_ms']) : null
  })
}

/** Of a long past only its oldest parts are looked at. */
const hasBefore = async (ask: Ask, at: number): Promise<boolean> =>
  (
    await ask(
      'select 1 as there from ticket where opened_at < epoch_ms($at::bigint) limit 1',
      { at },
      { reads: { ticket: 'opened_at' }, fromAt: 0, toAt: at },
    )
  ).length > 0

function remember(workspaceId: string, at: number): void {
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(workspaceId, at)
}
