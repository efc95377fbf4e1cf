import { ERROR_STATUS, type ErrorCode } from '../../shared/errors.ts'

export type FieldError = { path: string; message: string }

/** A failure we expected: safe to show, never reported. Anything else is a bug and becomes a plain 500. */
export class DeskError extends Error {
  override name = 'DeskError'
  readonly code: ErrorCode
  readonly fields: FieldError[] | undefined
  /** Seconds after which it makes sense to try again. */
  readonly retryAfter: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & { fields?: FieldError[]; retryAfter?: number } = {},
  ) {
    super(message, options)
    this.code = code
    this.fields = options.fields
    this.retryAfter = options.retryAfter
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }
}
