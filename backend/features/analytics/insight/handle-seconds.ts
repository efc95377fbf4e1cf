import { FigureQuestion } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { figuresOf } from '../figures/asking.ts'
import { dayAfter } from '../figures/zones.ts'

/** How long a ticket takes, and how that is known. */
export type HandleSeconds = { seconds: number; words: string } | null

/** An average of fewer says more of chance than of the desk. */
const LEAST = 30
const DAYS = 8 * 7

const minutes = (seconds: number): string => `${Math.round(seconds / 6) / 10} minutes`

/**
 * Time that one ticket takes: what people spent on solved tickets, or where too little of that is known, their time at work by how many
 * they solved in it, breaks left out.
 * @param last the last whole day that is known
 */
export async function handleSeconds(ctx: Ctx, workspaceId: string, zone: string, last: string): Promise<HandleSeconds> {
  const period = { from: dayAfter(last, 1 - DAYS), to: last, zone }
  const [handled, solved, rate] = await figuresOf(ctx, workspaceId, [
    FigureQuestion.parse({ metric: 'handle-time', measure: 'average', ...period }),
    FigureQuestion.parse({ metric: 'agent-solved', measure: 'count', ...period }),
    FigureQuestion.parse({ metric: 'solved-per-hour', measure: 'average', ...period }),
  ])
  const own = handled?.totals[0]
  if (own?.value && own.shares >= LEAST)
    return {
      seconds: own.value,
      words: `One ticket takes ${minutes(own.value)}: the average handle time of ${own.shares.toLocaleString('en')} tickets solved in the last eight weeks.`,
    }
  const [tickets, perHour] = [solved?.totals[0]?.value ?? 0, rate?.totals[0]?.value ?? 0]
  if (tickets < LEAST || perHour <= 0) return null
  return {
    seconds: 3_600 / perHour,
    words: `One ticket takes ${minutes(3_600 / perHour)}: agents solved ${tickets} in the last eight weeks, ${Math.round(perHour * 10) / 10} in an hour at work without breaks. Handle time is known of ${own?.shares ?? 0} tickets only.`,
  }
}
