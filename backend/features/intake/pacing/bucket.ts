/**
 * What a call is for, the most urgent first: what a person waits for (answers, notices), new mail, labels written back, and mail of the past.
 */
export type Lane = 'person' | 'live' | 'labels' | 'history'

/** The part of a full bucket that a lane leaves to those before it; the past leaves most. */
const LEAVES: Record<Lane, number> = { person: 0, live: 0.1, labels: 0.3, history: 0.5 }

/** Room for one answer: it is sent, and read back. No lane but that of people goes below it. */
const ONE_ANSWER = 120

/** A full bucket's part of a minute's units; what flows in is the rest, so that no minute sees more than all of them. */
const BURST = 0.25
/** Not woken for a single mail: this part of the bucket is worth coming back for. */
const WORTH = 0.1
/** A turn lists before it comes to what it is for: with fewer units of a small quota it would come back for its lists alone, for ever. */
const ONE_TURN = 60

export type Bucket = { level: number; at: Date; heldUntil: Date | null }

/** `want`: more than the call itself costs, for calls that will follow it. */
export type Draw = { unitsPerMinute: number; lane: Lane; cost: number; want: number }

export type Drawn =
  | { kind: 'granted'; units: number; bucket: Pick<Bucket, 'level' | 'at'> }
  | { kind: 'wait'; seconds: number }

export const fullBucket = (unitsPerMinute: number, at: Date): Bucket => ({
  level: capacityOf(unitsPerMinute),
  at,
  heldUntil: null,
})

/**
 * Takes units out of the bucket, at least the cost of the call.
 * Whoever may go lower is served from the reserve and from all that flows in, while the others wait for it to fill again: the past never
 * starves new mail, and new mail never starves an answer.
 */
export function drawFrom(bucket: Bucket, { unitsPerMinute, lane, cost, want }: Draw, now: Date): Drawn {
  if (bucket.heldUntil && bucket.heldUntil > now)
    return { kind: 'wait', seconds: secondsBetween(now, bucket.heldUntil) }
  const capacity = capacityOf(unitsPerMinute)
  const perSecond = (unitsPerMinute * (1 - BURST)) / 60
  const level = Math.min(capacity, bucket.level + perSecond * Math.max(0, secondsBetween(bucket.at, now)))
  const usable = level - reserveOf(lane, capacity)
  if (usable < cost) {
    const most = capacity - reserveOf(lane, capacity)
    const worth = Math.max(cost, Math.min(want, capacity * WORTH), Math.min(ONE_TURN, most))
    return { kind: 'wait', seconds: (worth - usable) / perSecond }
  }
  const units = Math.max(cost, Math.min(want, capacity * WORTH, usable))
  return { kind: 'granted', units, bucket: { level: level - units, at: now } }
}

const reserveOf = (lane: Lane, capacity: number): number =>
  lane === 'person' ? 0 : Math.max(capacity * LEAVES[lane], Math.min(ONE_ANSWER, capacity * LEAVES.history))

const capacityOf = (unitsPerMinute: number): number => unitsPerMinute * BURST

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1_000
