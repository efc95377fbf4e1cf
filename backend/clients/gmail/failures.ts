import { DeskError } from '../../platform/errors.ts'

/** Gmail did not answer, or is busy: try again later. */
export class GmailUnavailable extends DeskError {
  override name = 'GmailUnavailable'
  /** true when a write may have been done although we saw no answer: look before sending again. */
  readonly mayHaveHappened: boolean

  constructor(message: string, options: ErrorOptions & { retryAfter?: number; mayHaveHappened?: boolean } = {}) {
    super('gmail_unavailable', message, options)
    this.mayHaveHappened = options.mayHaveHappened ?? false
  }
}

/** Google's words for "slower": the call had no effect. */
export class GmailTooFast extends GmailUnavailable {
  override name = 'GmailTooFast'
}

/** The quota of this account is used up for now, as far as this work may use it: Gmail was not asked at all. */
export class GmailPaced extends GmailUnavailable {
  override name = 'GmailPaced'
  /** Seconds until it is worth trying again. */
  readonly wait: number

  constructor(wait: number) {
    const retryAfter = Math.max(1, Math.ceil(wait))
    super("This account's share of Gmail's quota is used up for the moment.", { retryAfter })
    this.wait = retryAfter
  }
}

export type AccessProblem = 'revoked' | 'delegation_denied' | 'scope_missing' | 'unknown_client' | 'no_gmail'

/** The mailbox may not be read any more; nothing helps until a person grants access again. */
export class GmailAccessLost extends DeskError {
  override name = 'GmailAccessLost'
  readonly problem: AccessProblem

  constructor(problem: AccessProblem, options?: ErrorOptions) {
    super('gmail_refused', IN_WORDS[problem], options)
    this.problem = problem
  }
}

const IN_WORDS: Record<AccessProblem, string> = {
  revoked:
    'Google refused the stored access to this mailbox: it was revoked, or it expired. Connect the mailbox again.',
  delegation_denied:
    'Google denied delegation: authorise the archive account itself, or give the service account domain-wide delegation for the Gmail scopes.',
  scope_missing: 'The access to this mailbox lacks a Gmail scope. Connect the mailbox again and allow what is asked.',
  no_gmail:
    'This account has no Gmail any more: it was suspended, or its licence was taken away. Ask whoever administers Google Workspace.',
  unknown_client: 'Google does not know the OAuth client or the service account that this mailbox was connected with.',
}

/** The change feed does not reach back to the stored position: read the mailbox itself. */
export class GmailHistoryGone extends DeskError {
  override name = 'GmailHistoryGone'

  constructor(options?: ErrorOptions) {
    super('gmail_refused', 'The stored position in the change feed of this mailbox is too old.', options)
  }
}

/** Gmail understood the request and will not do it. */
export class GmailRefused extends DeskError {
  override name = 'GmailRefused'
  readonly httpStatus: number

  constructor(httpStatus: number, reason: string, options?: ErrorOptions) {
    super('gmail_refused', `Gmail refused the request (${httpStatus} ${reason}).`, options)
    this.httpStatus = httpStatus
  }
}
