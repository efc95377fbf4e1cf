import { dayOf } from '../../scenarios/busy-day/day.ts'
import { BUSY_INBOXES, BUSY_STAFF } from '../../scenarios/busy-day/people.ts'
import type { Workbench } from '../workbench.ts'
import { counted } from './counting.ts'
import { clockOfTheDay } from './morning.ts'
import { type PlayOptions, playDay } from './playing.ts'
import { dayWords } from './telling.ts'

export type BusyDay = ReturnType<typeof busyDay>

/** A day at the shop with seven agents: what the workbench has to be started with, and the day itself. */
export function busyDay(mails: number, seed: number) {
  const { clock, morning } = clockOfTheDay()
  const day = dayOf(mails, seed)
  const playing = (workbench: Workbench, options: Pick<PlayOptions, 'lasts' | 'told' | 'signal'>) =>
    playDay(workbench, { day, seed, clock, morning, ...options })
  return {
    clock,
    surroundings: { clock, cast: { staff: BUSY_STAFF, inboxes: BUSY_INBOXES, orders: day.orders } },
    playing,
    counted: ({ backend, workspaceId }: Workbench) => counted(backend, workspaceId, morning),
    /** Plays it and answers with what happened, in words. */
    async play(workbench: Workbench, options: Pick<PlayOptions, 'lasts' | 'told' | 'signal'>): Promise<string[]> {
      const played = await playing(workbench, options)
      return dayWords(played, await counted(workbench.backend, workbench.workspaceId, morning), morning)
    },
  }
}
