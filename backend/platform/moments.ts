import type { Clock } from './clock.ts'

/** What this process knows of one workspace just now. */
export type Moment = {
  /** @returns what was kept under this name in the last second; undefined when nothing was */
  kept(name: string): unknown
  keep(name: string, value: unknown): void
}

/**
 * What a process read of its workspaces and may say again for a second, so that many who look at the same thing cost as much as one.
 * Whoever writes ends the moment: an answer is never older than what this process did, and at most a second older than what others did.
 */
export type Moments = {
  /** To be taken before reading: what is kept in it after it has ended is never seen. */
  of(workspaceId: string): Moment
  end(workspaceId: string): void
}

const KEPT_MS = 1_000

/** @param clock the desk's time: a moment ends when it is set, and a second later even where it stands still */
export function createMoments(clock: Clock): Moments {
  const now = (): Instant => ({ desk: clock.now().getTime(), machine: performance.now() })
  const moments = new Map<string, Moment>()
  return {
    of(workspaceId) {
      const known = moments.get(workspaceId)
      if (known) return known
      const moment = createMoment(now)
      moments.set(workspaceId, moment)
      return moment
    },
    end(workspaceId) {
      moments.delete(workspaceId)
    },
  }
}

type Instant = { desk: number; machine: number }

const isWithin = (from: Instant, to: Instant): boolean =>
  Math.abs(to.desk - from.desk) < KEPT_MS && to.machine - from.machine < KEPT_MS

function createMoment(now: () => Instant): Moment {
  const values = new Map<string, { value: unknown; from: Instant }>()
  return {
    kept(name) {
      const found = values.get(name)
      return found && isWithin(found.from, now()) ? found.value : undefined
    },
    keep(name, value) {
      values.set(name, { value, from: now() })
    },
  }
}
