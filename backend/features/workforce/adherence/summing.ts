import type { Adherence } from '../../../../shared/shifts.ts'

export type AdherenceSum = Omit<Adherence, 'day'>

const NOTHING: AdherenceSum = {
  planned: 0,
  due: 0,
  worked: 0,
  onBreak: 0,
  overBreak: 0,
  late: 0,
  early: 0,
  away: 0,
  absent: 0,
  outside: 0,
}

/** Minutes of several days together. */
export const sumOf = (days: readonly AdherenceSum[]): AdherenceSum =>
  days.reduce<AdherenceSum>(
    (sum, day) => ({
      planned: sum.planned + day.planned,
      due: sum.due + day.due,
      worked: sum.worked + day.worked,
      onBreak: sum.onBreak + day.onBreak,
      overBreak: sum.overBreak + day.overBreak,
      late: sum.late + day.late,
      early: sum.early + day.early,
      away: sum.away + day.away,
      absent: sum.absent + day.absent,
      outside: sum.outside + day.outside,
    }),
    NOTHING,
  )

/** How much of the plan was kept, by work or an allowed break: `97 %`; `–` while nothing of it has passed. */
export const percentOf = ({ due, worked, onBreak }: AdherenceSum): string =>
  due === 0 ? '–' : `${Math.floor(((worked + onBreak) / due) * 100 + ROUNDING)} %`

/** Minutes have fractions: what is whole but for them is whole. */
const ROUNDING = 1e-9
