import type { EndedHow, EndingReason, OnBreak, Work, WorkAnswer, WorkPress } from '../../../shared/workforce.ts'

const MINUTE = 60_000

type Allowed = Pick<OnBreak, 'since' | 'allowedMinutes'>

const minutesOn = ({ since }: Allowed, now: Date): number =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / MINUTE))

/** Whether a break takes longer than it may, by a whole minute at least. */
export const isOverBreak = (pause: Allowed, now: Date): boolean => minutesOn(pause, now) > pause.allowedMinutes

/** How long somebody is on a break, of how much: `12 of 30 min`, `5 min over 30 min`. */
export function breakWords(pause: Allowed, now: Date): string {
  const { allowedMinutes } = pause
  const minutes = minutesOn(pause, now)
  return isOverBreak(pause, now)
    ? `${minutes - allowedMinutes} min over ${allowedMinutes} min`
    : `${minutes} of ${allowedMinutes} min`
}

/** How long something took: `7 h 5 min`, `42 min`. @param ms milliseconds */
export function spanWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE))
  const hours = Math.floor(minutes / 60)
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`
}

export const REASON_WORDS: Record<EndingReason, string> = {
  forgot: 'forgot to',
  unreachable: 'cannot be reached',
  ill: 'is ill',
  urgent: 'is needed elsewhere',
  other: 'something else',
}

export const HOW_WORDS: Record<EndedHow, string> = {
  self: 'logged out',
  supervisor: 'ended by a supervisor',
  forgotten: 'forgotten: nobody had logged out',
  left: 'left the team',
}

/** What a press came to, said once. */
export function saidOf(to: WorkPress, { already, session }: WorkAnswer): string {
  if (to === 'log_in') return already ? 'You were logged in already' : 'You are logged in'
  if (to === 'log_out') return already ? 'You were logged out already' : 'You are logged out'
  if (to === 'back') return already ? 'You were not on a break' : 'Welcome back'
  if (to === 'stay') return 'You stay logged in'
  const label = session?.onBreak?.label ?? 'Break'
  return already ? `${label}: you were on it already` : `${label}: enjoy it`
}

/** Whether somebody is logged in after the end of their shift, and did not say that they work on. */
export const isOverdue = ({ session }: Work, now: Date): boolean =>
  session !== null && session.plannedEnd !== null && !session.stays && Date.parse(session.plannedEnd) <= now.getTime()

export const OVERDUE_WORDS =
  'Your shift is over. You will be logged out as of its end, unless you say that you work on.'

/** Why somebody is logged out who did not do it; null when they did, or it is long ago. @param time writes an instant */
export function endedForThem({ session, last }: Work, now: Date, time: (at: Date) => string): string | null {
  if (session || !last || last.how === 'self') return null
  const at = new Date(last.endedAt)
  if (now.getTime() - at.getTime() > DAY) return null
  if (last.how === 'supervisor') return `${last.by ?? 'A supervisor'} logged you out, ${time(at)}.`
  return last.how === 'forgotten'
    ? `Nobody had logged you out, so your work ended with your shift, ${time(at)}. Is that wrong, tell your supervisor.`
    : null
}

const DAY = 24 * 60 * MINUTE
