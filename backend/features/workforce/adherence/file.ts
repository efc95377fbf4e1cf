import type { Adherence } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { BYTE_ORDER_MARK, type Cell, csvLine } from '../../../platform/csv/writing.ts'
import type { Flow } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { adherenceIn, daySpansOf } from './facts.ts'

const MOST_PEOPLE = 500

/** Columns of minutes; programs read them by name: added to at the end, never renamed. */
const MINUTES = [
  'planned',
  'due',
  'worked',
  'onBreak',
  'overBreak',
  'late',
  'early',
  'away',
  'absent',
  'outside',
] as const

/** Adherence of everybody as a file, a line for each person and day. */
export async function adherenceFile(ctx: Ctx, days: { from: string; to: string }, by: StaffActor): Promise<Flow> {
  const people = await inWorkspace(
    ctx,
    by.workspaceId,
    async (tx) => adherenceIn(tx, await daySpansOf(tx, days), { limit: MOST_PEOPLE }),
    { reads: true },
  )
  async function* lines(): AsyncGenerator<string> {
    yield BYTE_ORDER_MARK + csvLine(['name', 'day', ...MINUTES.map(headerOf)].map((code) => ({ code })))
    for (const { staff, days: all } of people) yield all.map((day) => lineOf(staff.name, day)).join('')
  }
  return { pieces: lines(), contentType: 'text/csv; charset=utf-8', name: `adherence-${days.from}-to-${days.to}.csv` }
}

/** on_break_minutes */
const headerOf = (name: string): string => `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_minutes`

const lineOf = (name: string, day: Adherence): string =>
  csvLine([{ words: name }, { code: day.day }, ...MINUTES.map((of): Cell => ({ figure: day[of].toFixed(2) }))])
