/** Google said no, and will say no again: nothing was written. Its words are for people. */
export class SheetsRefused extends Error {
  override name = 'SheetsRefused'
}

/** Nobody knows whether it happened, or it is to be tried later. */
export class SheetsUnavailable extends Error {
  override name = 'SheetsUnavailable'
  readonly retryAfter: number | undefined
  constructor(message: string, options: ErrorOptions & { retryAfter?: number | undefined } = {}) {
    super(message, options)
    this.retryAfter = options.retryAfter
  }
}
