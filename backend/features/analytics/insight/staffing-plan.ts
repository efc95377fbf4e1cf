import type { Staffing } from '../../../../shared/insight.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { openHoursIn } from '../../sla/index.ts'
import { shiftsBetween } from '../../workforce/index.ts'
import { dayAfter, dayOf } from '../figures/zones.ts'
import { expectVolume } from './expecting.ts'
import { handleSeconds } from './handle-seconds.ts'
import { staffHours } from './needing.ts'
import { staffingSettingsIn } from './staffing-settings.ts'

const HOUR_MS = 3_600_000
/** A shift that began before the first hour may reach into it. */
const LONGEST_SHIFT_MS = 25 * HOUR_MS

/** Needed people beside planned ones, for the coming six weeks. */
export async function staffingOf(ctx: Ctx, workspaceId: string): Promise<Staffing> {
  const { freshness, zone, hours, words, by } = await expectVolume(ctx, workspaceId)
  const begins = hours[0] ? new Date(hours[0].at) : ctx.clock.now()
  const ends = new Date(Date.parse(hours.at(-1)?.at ?? begins.toISOString()) + HOUR_MS)
  const handle = await handleSeconds(ctx, workspaceId, zone, dayAfter(dayOf(zone, begins.getTime()), -1))
  const { settings, open, shifts } = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({
      settings: await staffingSettingsIn(tx),
      open: await openHoursIn(tx),
      shifts: await shiftsBetween(tx, new Date(begins.getTime() - LONGEST_SHIFT_MS), ends),
    }),
    { reads: true },
  )
  const told = { freshness, zone, settings, handle }
  if (by === 'none') return { ...told, words, hours: [] }
  if (!handle) return { ...told, words: [NO_HANDLE_TIME], hours: [] }
  return {
    ...told,
    words: wordsOf(handle.words, open !== null, shifts.length),
    hours: staffHours(hours, shifts, {
      handleSeconds: handle.seconds,
      settings,
      openShare: (at) => (open === null ? 1 : open.between(at, at + HOUR_MS) / HOUR_MS),
    }),
  }
}

const NO_HANDLE_TIME =
  'Not enough data: nobody knows how long a ticket takes here. Handle time must be known of 30 tickets that were solved in the last eight weeks.'

const wordsOf = (handle: string, hasHours: boolean, shifts: number): string[] => [
  handle,
  'Tickets are expected as on the page of the forecast.',
  hasHours
    ? 'What comes while the desk is closed is spread over the open hours up to the next time it closes.'
    : 'Nobody has said when the desk is open, so every hour counts.',
  ...(shifts === 0 ? ['No shift is planned yet for these weeks.'] : []),
]
