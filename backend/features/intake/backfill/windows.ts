import type { Backfill } from './runs.ts'

/** Gmail lists so many mails at most in one answer. */
export const FULL_PAGE = 500
/** With so few in a stretch of time the next one may be longer. */
const FEW = 125
export const FIRST_SPAN = 86_400
const LONGEST_SPAN = 14 * 86_400

export type Window = { from: Date; to: Date }

/** The next stretch of time, oldest first, so that a conversation comes in the order in which it was written. */
export function windowOf({ reachedAt, until, span }: Pick<Backfill, 'reachedAt' | 'until' | 'span'>): Window {
  return { from: reachedAt, to: new Date(Math.min(reachedAt.getTime() + span * 1_000, until.getTime())) }
}

/** In Gmail's words, whose seconds are whole: a second too many on both sides, because what is known is skipped. */
export const queryOf = ({ from, to }: Window): string =>
  `after:${Math.floor(from.getTime() / 1_000) - 1} before:${Math.ceil(to.getTime() / 1_000) + 1}`

/** A stretch with more mail than one answer holds is halved, so that no page of Gmail's has to be remembered. */
export const halved = (span: number): number => Math.max(1, Math.floor(span / 2))

export const spanAfter = (span: number, listed: number): number =>
  listed < FEW ? Math.min(span * 2, LONGEST_SPAN) : span
