export interface Refusal {
  reason: string
  status: string
  headers?: Record<string, string>
  details?: unknown[]
}

/** An answer of Google that is not good, in Google's own JSON. */
export class GoogleError extends Error {
  override name = 'GoogleError'
  readonly code: number
  readonly refusal: Refusal
  constructor(code: number, message: string, refusal: Refusal) {
    super(message)
    this.code = code
    this.refusal = refusal
  }
  get body() {
    const { reason, status, details } = this.refusal
    const errors = [{ message: this.message, domain: 'global', reason }]
    return { error: { code: this.code, message: this.message, errors, status, ...(details ? { details } : {}) } }
  }
}

/** The OAuth endpoints answer in RFC 6749's form instead. */
export class OAuthError extends Error {
  override name = 'OAuthError'
  readonly code: number
  readonly error: string
  constructor(error: string, description: string, code = 400) {
    super(description)
    this.error = error
    this.code = code
  }
  get body() {
    return { error: this.error, error_description: this.message }
  }
}

export const notFound = (message = 'Requested entity was not found.') =>
  new GoogleError(404, message, { reason: 'notFound', status: 'NOT_FOUND' })

export const invalid = (message: string, reason = 'invalidArgument') =>
  new GoogleError(400, message, { reason, status: 'INVALID_ARGUMENT' })

export const conflict = (message: string) => new GoogleError(409, message, { reason: 'aborted', status: 'ABORTED' })

export const unauthenticated = () =>
  new GoogleError(
    401,
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    {
      reason: 'authError',
      status: 'UNAUTHENTICATED',
      headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
    },
  )

export const insufficientScopes = (method: string) =>
  new GoogleError(403, 'Request had insufficient authentication scopes.', {
    reason: 'insufficientPermissions',
    status: 'PERMISSION_DENIED',
    headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="insufficient_scope"' },
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { method, service: 'gmail.googleapis.com' },
      },
    ],
  })

export const delegationDenied = (email: string) =>
  new GoogleError(403, `Delegation denied for ${email}`, { reason: 'forbidden', status: 'PERMISSION_DENIED' })

export const tooManyRequests = () =>
  new GoogleError(429, 'Too many concurrent requests for user.', {
    reason: 'rateLimitExceeded',
    status: 'RESOURCE_EXHAUSTED',
  })

export const rateLimitExceeded = () =>
  new GoogleError(
    403,
    "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service 'gmail.googleapis.com'.",
    { reason: 'rateLimitExceeded', status: 'PERMISSION_DENIED' },
  )

export const backendError = (code: 500 | 503) =>
  new GoogleError(code, code === 503 ? 'The service is currently unavailable.' : 'Internal error encountered.', {
    reason: 'backendError',
    status: code === 503 ? 'UNAVAILABLE' : 'INTERNAL',
  })

export const tooLarge = () =>
  new GoogleError(413, 'Request entity too large', { reason: 'uploadTooLarge', status: 'INVALID_ARGUMENT' })
