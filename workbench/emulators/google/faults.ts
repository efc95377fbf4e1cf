import { backendError, type GoogleError, invalid, notFound, rateLimitExceeded, tooManyRequests } from './error.ts'

/**
 * `stale` makes history.list answer from a replica that has not heard of the newest changes, and messages.list from one that is 15 seconds behind.
 * `disordered` turns each page of messages.list round, since Gmail promises no order.
 * `closed` drops the socket before anything happens, `lost-reply` after the work was done, `timeout` never answers.
 */
export type FaultKind =
  | '400'
  | '429'
  | '403'
  | '404'
  | '500'
  | '503'
  | 'timeout'
  | 'closed'
  | 'lost-reply'
  | 'stale'
  | 'disordered'

export interface Fault {
  /** As Google names it, e.g. `gmail.users.messages.send`, `oauth.token`; a trailing `*` stands for any rest. */
  method: string
  kind: FaultKind
  /** How many calls it meets; 1 when left out. */
  times?: number
  /** Only each so-manieth call of its method meets it: 3 lets two through and fails the third. */
  every?: number
  /** Only this user's calls. */
  user?: string
  /** Seconds that a 429, 403 or 503 names in Retry-After; Gmail often names none. */
  retryAfter?: number
}

export type Faults = ReturnType<typeof faultsOf>

/** Failures on demand; each meets the next calls of its method, oldest fault first. */
export function faultsOf() {
  let waiting: (Fault & { times: number; passed: number })[] = []
  const met: { method: string; kind: FaultKind }[] = []

  return {
    add: (fault: Fault) => void waiting.push({ ...fault, times: fault.times ?? 1, passed: 0 }),
    clear: () => {
      waiting = []
    },
    waiting: () => [...waiting],
    /** Calls that were failed so far. */
    met: () => [...met],
    take(method: string, user: string): Fault | undefined {
      const fault = waiting.find((f) => fits(f.method, method) && (!f.user || f.user.toLowerCase() === user))
      if (!fault || ++fault.passed % (fault.every ?? 1) !== 0) return undefined
      fault.times--
      waiting = waiting.filter((f) => f.times > 0)
      met.push({ method, kind: fault.kind })
      return fault
    },
  }
}

export function errorFor({ kind, retryAfter }: Fault): GoogleError | undefined {
  const error = plainError(kind)
  if (error && retryAfter !== undefined)
    error.refusal.headers = { ...error.refusal.headers, 'retry-after': String(retryAfter) }
  return error
}

function plainError(kind: FaultKind): GoogleError | undefined {
  if (kind === '400') return invalid('Precondition check failed.', 'failedPrecondition')
  if (kind === '429') return tooManyRequests()
  if (kind === '403') return rateLimitExceeded()
  if (kind === '404') return notFound()
  if (kind === '500' || kind === '503') return backendError(kind === '500' ? 500 : 503)
  return undefined
}

const fits = (pattern: string, method: string) =>
  pattern.endsWith('*') ? method.startsWith(pattern.slice(0, -1)) : pattern === method
