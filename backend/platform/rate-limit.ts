import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DeskError } from './errors.ts'

/** Requests per second, with a burst of ten seconds' worth. Counted per process. */
export type RateLimits = { actor: number; workspace: number; address: number }

export type RateLimiter = {
  /** @throws DeskError rate_limited with the seconds to wait */
  count(kind: keyof RateLimits, id: string): Promise<void>
}

const WINDOW_SECONDS = 10

/** Counts for this process alone. @param limits requests a second, as a mean of ten seconds */
export function createRateLimiter(limits: RateLimits): RateLimiter {
  const limiter = (perSecond: number) =>
    new RateLimiterMemory({ points: perSecond * WINDOW_SECONDS, duration: WINDOW_SECONDS })
  const limiters = {
    actor: limiter(limits.actor),
    workspace: limiter(limits.workspace),
    address: limiter(limits.address),
  }
  return {
    async count(kind, id) {
      try {
        await limiters[kind].consume(id)
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        const retryAfter = Math.max(1, Math.ceil(refused.msBeforeNext / 1_000))
        throw new DeskError('rate_limited', `Too many requests. Try again in ${retryAfter} s.`, { retryAfter })
      }
    },
  }
}
