import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import { ShopifyThrottled } from './failures.ts'

/** Who asks: money acts first, then a person who waits, then our own work. */
export type Lane = 'money' | 'person' | 'background'

/** The part of a shop's bucket that a lane leaves untouched for the lanes before it. */
export type Reserve = Record<Lane, number>

export const RESERVE: Reserve = { money: 0, person: 0.1, background: 0.25 }

/** `extensions.cost` of an answer: https://shopify.dev/docs/api/usage/limits */
export const Cost = z.object({
  requestedQueryCost: z.number(),
  actualQueryCost: z.number().nullish(),
  throttleStatus: z.object({
    maximumAvailable: z.number(),
    currentlyAvailable: z.number(),
    restoreRate: z.number().positive(),
  }),
})
export type Cost = z.infer<typeof Cost>

type Priced = { name: string; cost: number }

export type Budget = {
  /**
   * Takes an operation's points before a call leaves. Nobody sleeps here: the job queue comes again.
   * @returns gives the points back; called when the call has ended
   * @throws ShopifyThrottled when the shop's bucket would fall below what is kept for the lanes before
   */
  take(lane: Lane, operation: Priced): () => void
  /** What an answer said of the bucket and of the operation. */
  learn(cost: Cost, operation: Priced): void
  /** Shopify said: not before so many seconds. Money may still try. */
  pause(seconds: number): void
}

type Status = Cost['throttleStatus'] & { at: number }

/** Seconds after which money comes again at the latest, however much waits before it. */
const LONGEST_TURN_S = 30

/** The rate limit of one shop, as its last answer told it and as it refills since; shared by all calls of a process. */
export function shopBudget(clock: Clock, reserve: Reserve): Budget {
  const prices = new Map<string, number>()
  const spent = new Map<string, number>()
  let status: Status | null = null
  let inFlight = 0
  let pausedUntil = 0
  let lastTurn = 0
  const now = () => clock.now().getTime()

  /**
   * Seconds until the call fits; 0 when it does. Our own work waits for a full bucket: most of it takes several calls and is begun
   * again, and with just enough for the next call it would spend that on its first, for ever.
   */
  const missing = (lane: Lane, points: number) => {
    if (!status) return 0
    const { maximumAvailable, currentlyAvailable, restoreRate, at } = status
    const refilled = currentlyAvailable + (Math.max(0, now() - at) / 1_000) * restoreRate
    const free = Math.min(maximumAvailable, refilled) - inFlight
    const needed = Math.min(maximumAvailable, maximumAvailable * reserve[lane] + points)
    if (free >= needed) return 0
    return ((lane === 'background' ? maximumAvailable : needed) - free) / restoreRate
  }

  /**
   * Seconds after which money that did not fit comes again. Each is given a turn behind the one before, as fast as points come back for
   * what such a call really takes: if all came with the first points, all but one would have come in vain.
   */
  const turn = (points: number) => {
    const last = now() + LONGEST_TURN_S * 1_000
    const mine = Math.min(last, Math.max(lastTurn, now()))
    lastTurn = mine + (points / (status?.restoreRate ?? points)) * 1_000
    return (mine - now()) / 1_000
  }

  return {
    take(lane, { name, cost }) {
      const points = prices.get(name) ?? cost
      const paused = lane === 'money' ? 0 : (pausedUntil - now()) / 1_000
      const short = Math.max(paused, missing(lane, points))
      if (short > 0) {
        const wait = lane === 'money' ? Math.max(short, turn(spent.get(name) ?? points)) : short
        throw new ShopifyThrottled(Math.max(1, Math.ceil(wait)))
      }
      inFlight += points
      return () => {
        inFlight -= points
      }
    },
    learn({ requestedQueryCost, actualQueryCost, throttleStatus }, { name, cost }) {
      if (actualQueryCost != null) spent.set(name, actualQueryCost)
      prices.set(name, Math.max(requestedQueryCost, prices.get(name) ?? cost))
      status = { ...throttleStatus, at: now() }
    },
    pause: (seconds) => {
      pausedUntil = now() + seconds * 1_000
    },
  }
}

/** Seconds until a refused call fits: https://shopify.dev/docs/api/usage/limits#rate-limits */
export const secondsUntil = ({ requestedQueryCost, throttleStatus }: Cost) =>
  Math.max(1, Math.ceil((requestedQueryCost - throttleStatus.currentlyAvailable) / throttleStatus.restoreRate))
