import { z } from 'zod'
import { type AccessProblem, GmailAccessLost, GmailRefused, GmailTooFast, GmailUnavailable } from './failures.ts'
import { Unsuccessful } from './wire.ts'

const ApiError = z.object({
  error: z.object({
    message: z.string().optional(),
    status: z.string().optional(),
    errors: z.array(z.object({ reason: z.string().optional() })).optional(),
  }),
})

/** Reasons of a 403 that mean "slower": https://developers.google.com/workspace/gmail/api/guides/handle-errors */
const TOO_FAST = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'dailyLimitExceeded', 'quotaExceeded'])

/**
 * Turns whatever a Gmail call threw into one of our failures; a failure without an answer may have had its effect.
 * @param options.freshToken the access token was fetched for this very call, so that a 401 is final
 */
export function sortFailure(error: unknown, options: { now: Date; freshToken: boolean }): Error {
  if (!(error instanceof Unsuccessful))
    return new GmailUnavailable('Gmail cannot be reached right now.', { cause: error, mayHaveHappened: true })
  const { status } = error
  const { reason, message } = reasonOf(error.answer)
  const retryAfter = secondsOf(error.retryAfter, options.now)
  const told = { cause: error, ...(retryAfter !== undefined && { retryAfter }) }
  if (status === 429 || (status === 403 && TOO_FAST.has(reason)))
    return new GmailTooFast('Gmail asks us to slow down.', told)
  if (status >= 500)
    return new GmailUnavailable(`Gmail is not available right now (${status}).`, { ...told, mayHaveHappened: true })
  if (status === 401 && !options.freshToken)
    return new GmailUnavailable('The access token ended early.', { ...told, retryAfter: 1 })
  const problem = accessProblem(status, reason, message)
  return problem ? new GmailAccessLost(problem, { cause: error }) : new GmailRefused(status, reason, { cause: error })
}

function accessProblem(status: number, reason: string, message: string): AccessProblem | null {
  if (status === 401) return 'revoked'
  if (/mail service not enabled/i.test(message)) return 'no_gmail'
  if (status !== 403) return null
  if (/delegation/i.test(message)) return 'delegation_denied'
  return /insufficient|scope/i.test(`${reason} ${message}`) ? 'scope_missing' : null
}

function reasonOf(data: unknown): { reason: string; message: string } {
  const parsed = ApiError.safeParse(data)
  if (!parsed.success) return { reason: 'unknown', message: '' }
  const { error } = parsed.data
  return { reason: error.errors?.[0]?.reason ?? error.status ?? 'unknown', message: error.message ?? '' }
}

/** Retry-After is a number of seconds or a date. */
export function secondsOf(header: string | null, now: Date): number | undefined {
  if (!header) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1_000
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : undefined
}
