import type { ErrorCode } from '../shared/errors.ts'
import { logged } from './log.ts'

/** What went wrong on this side of the wire. */
type OwnCode =
  | 'unreachable'
  | 'mail_out_of_reach'
  | 'addon_failed'
  | 'no_spreadsheet'
  | 'sheet_read_only'
  | 'sheet_stopped'

export const OLDER_CARD = 'This button belongs to an older card. Reload the page and try again.'

/** A failure that a card can explain; `reference` finds the request in the backend's log. */
export class AddonError extends Error {
  readonly code: ErrorCode | OwnCode
  readonly reference: string | null

  constructor(code: ErrorCode | OwnCode, message: string, reference: string | null = null) {
    super(message)
    this.name = 'AddonError'
    this.code = code
    this.reference = reference
  }
}

/** Anything that was not foreseen is a bug of ours: logged whole, shown in one sentence. */
export function asAddonError(error: unknown): AddonError {
  if (error instanceof AddonError) return error
  logged(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return new AddonError('addon_failed', 'Sidedesk stumbled over this. Nothing was lost; try again, or reload the page.')
}
