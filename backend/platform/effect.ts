import type { z } from 'zod'
import type { Actor } from './actor.ts'
import type { Tx } from './tenancy.ts'

/** One kind of thing done in another system. It can look for its own earlier work, so that a crash never doubles it. */
export type Effect<Request, Result, C> = {
  kind: string
  request: z.ZodType<Request>
  result: z.ZodType<Result>
  /** Milliseconds after which an attempt without an end is taken for dead: longer than its longest call. 10 minutes unless told. */
  leaseMs?: number
  /** Does it. Outside any transaction. */
  run(ctx: C, entry: Entry<Request>): Promise<Result | NotYet>
  /** Did an earlier attempt happen? Asked before anything is sent again; null lets `run` send it. */
  find(ctx: C, entry: Entry<Request>): Promise<Result | NotYet | null>
  /** The words of a refusal by `run` that no retry can change; null for anything else, which may have happened all the same. */
  refusal(error: unknown): string | null
  /** Whether a failure of `run` is sure to have done nothing, so that nobody has to look. Left out, no failure is. */
  nothingDone?(error: unknown): boolean
  /** Why it is not wanted any more, asked right before `run`; null while it is. Left out, what was planned is wanted. */
  unwanted?(tx: Tx, entry: Entry<Request>): Promise<string | null>
  /** What follows from a refusal, in the transaction that writes it down. */
  refused(tx: Tx, entry: Entry<Request>, words: string, ctx: C): Promise<void>
  /** What follows from an attempt that is neither done nor refused, in the transaction that writes it down. */
  leftOpen?(ctx: C, tx: Tx, entry: Entry<Request>, outcome: Outcome): Promise<void>
  /** What follows from it, in the transaction that marks it done. */
  settle(ctx: C, tx: Tx, entry: Entry<Request>, result: Result): Promise<void>
}

export type Entry<Request> = {
  workspaceId: string
  id: string
  ticketId: string | null
  by: Pick<Actor, 'kind' | 'id'>
  request: Request
  plannedAt: Date
  /** Counts from 1; the fence: only the newest attempt writes an end. */
  attempt: number
  /** When the first attempt left that may have happened: keys of the other side end some time after it. */
  sentAt: Date
  /** What an earlier attempt left behind by `stillWorking` or `lookAgain`. */
  progress: string | null
}

/** waiting: the other side works on it · unknown: sent, its end not seen · needs_person: nothing is sent or looked up again by itself. */
export type EntryState = 'planned' | 'running' | 'waiting' | 'done' | 'refused' | 'unknown' | 'needs_person'

/** What asks at the door to other systems, with exactly what it would do. */
export type AskedToAct<Request = unknown> = { kind: string; ticketId: string | null; plannedAt: Date; request: Request }

/** Whether an attempt may begin: false lets it wait, and a refusal ends it for good with these words. */
export type Permission = boolean | { refused: string }

/** How an attempt ended. `seconds`: when to come again, if the effect knows it; `words`: of a refusal, or of what a person must do. */
export type Outcome = { state: EntryState; seconds: number | null; words: string | null }

/** What `run` and `find` answer instead of a result. */
export class NotYet {
  readonly state: 'waiting' | 'unknown' | 'refused' | 'needs_person'
  readonly progress: string | null
  readonly seconds: number | null
  readonly words: string | null

  constructor(state: NotYet['state'], about: { progress?: string; seconds?: number; words?: string }) {
    this.state = state
    this.progress = about.progress ?? null
    this.seconds = about.seconds ?? null
    this.words = about.words ?? null
  }
}

/** The other side has begun and has not ended. @param progress kept for the next look: the name of its job, for example */
export const stillWorking = (progress: string, seconds: number): NotYet => new NotYet('waiting', { progress, seconds })

/** One look is not enough to say that it did not happen. @param progress kept for the next look */
export const lookAgain = (progress: string, seconds: number): NotYet => new NotYet('unknown', { progress, seconds })

/** The other side began, and then would not. Nothing was done. @param words its reason, and what to do */
export const turnedDown = (words: string): NotYet => new NotYet('refused', { words })

/** Nobody can tell whether it happened, and it must not be sent again. @param words what a person should look at and do */
export const leftToPerson = (words: string): NotYet => new NotYet('needs_person', { words })
