import type { Clock } from './clock.ts'

/** What this process knows of one workspace just now. */
export type Moment = {
  /**
   * @returns what was kept under this name in the last two seconds; undefined when nothing was. Of many who come when they are over, one
   * is told undefined and reads anew; the others go on with what there was meanwhile.
   */
  kept(name: string): unknown
  keep(name: string, value: unknown): void
}

/**
 * What a process read of its workspaces and may say again for two seconds, so that many who look at the same thing cost as much as one.
 * Whoever writes ends the moment: an answer is never older than what this process did. Of what others did it knows two seconds later, and
 * four where whoever reads anew takes long; both count from the end of reading. While somebody looks at a page that changes, what others
 * did ends it as well.
 */
export type Moments = {
  /** To be taken before reading: what is kept in it after it has ended is never seen. */
  of(workspaceId: string): Moment
  end(workspaceId: string): void
  endAll(): void
}

const KEPT_MS = 2_000
/** The longest that reading anew may take before everybody does it. */
const RENEWED_MS = 4_000

/** @param clock the desk's time: a moment ends when it is set, and two seconds later even where it stands still */
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
    endAll() {
      moments.clear()
    },
  }
}

type Instant = { desk: number; machine: number }

/** Whether somebody moved the desk's clock meanwhile, by more than it goes by itself. */
const wasSet = (from: Instant, to: Instant): boolean => Math.abs(to.desk - from.desk) >= RENEWED_MS

function createMoment(now: () => Instant): Moment {
  const values = new Map<string, { value: unknown; from: Instant; isRenewed: boolean }>()
  return {
    kept(name) {
      const [found, at] = [values.get(name), now()]
      if (!found || wasSet(found.from, at)) return undefined
      const age = at.machine - found.from.machine
      if (age < KEPT_MS || (found.isRenewed && age < RENEWED_MS)) return found.value
      found.isRenewed = true
      return undefined
    },
    keep(name, value) {
      values.set(name, { value, from: now(), isRenewed: false })
    },
  }
}
