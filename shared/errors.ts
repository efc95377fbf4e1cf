import { z } from 'zod'

/** Every expected failure, with its HTTP status. Codes are part of the API: add, never rename. */
export const ERROR_STATUS = {
  invalid_request: 400,
  idempotency_key_missing: 400,
  unauthenticated: 401,
  unknown_staff: 403,
  forbidden: 403,
  not_found: 404,
  stale_version: 409,
  move_not_allowed: 409,
  idempotency_key_reused: 409,
  already_done: 409,
  claimed: 409,
  nothing_waits: 409,
  not_at_work: 409,
  proof_mismatch: 409,
  in_progress: 409,
  needs_confirmation: 409,
  in_shadow: 409,
  automatic_withheld: 409,
  too_large: 413,
  addon_outdated: 426,
  rate_limited: 429,
  internal: 500,
  gmail_refused: 502,
  shopify_refused: 502,
  gmail_unavailable: 503,
  shopify_unavailable: 503,
  effects_paused: 503,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** Body of every answer that is not good. `reference` finds the request in the log. */
export const ErrorReply = z.object({
  error: z.object({
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    reference: z.string(),
    fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  }),
})
export type ErrorReply = z.infer<typeof ErrorReply>
