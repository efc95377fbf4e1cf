import type { Clock } from '../../platform/clock.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { type AccessTokens, accessTokens, type MailboxAccess } from './access-tokens.ts'
import { GmailAccessLost, GmailTooFast, GmailUnavailable } from './failures.ts'
import { type Ask, type GmailMailbox, gmailMailbox } from './mailbox.ts'
import type { Pace } from './pace.ts'
import { sortFailure } from './sorting.ts'
import { unitsOf } from './units.ts'
import { type Send, Unsuccessful, wire } from './wire.ts'

export type { MailboxAccess } from './access-tokens.ts'
export { GMAIL_SCOPES } from './access-tokens.ts'
export {
  GmailAccessLost,
  GmailHistoryGone,
  GmailPaced,
  GmailRefused,
  GmailTooFast,
  GmailUnavailable,
} from './failures.ts'
export type { GmailMailbox } from './mailbox.ts'
export type { Pace } from './pace.ts'
export type { HistoryPage } from './reading.ts'

export type GmailClients = {
  /** @param pace gives out the account's quota; every call takes from it before it is made */
  mailbox(access: MailboxAccess, pace?: Pace): GmailMailbox
}

export type GmailSettings = {
  /** https://gmail.googleapis.com, or an emulator. */
  gmailUrl: string
  tokenUrl: string
  clientId: string
  clientSecret: string
  clock: Clock
  metrics: Metrics
  /** Milliseconds for one short call; reading and sending a whole mail has two minutes. */
  timeoutMs?: number
}

/** Gmail over HTTP, one try for each call: what to try again, and when, is the job queue's to say. */
export function createGmail(settings: GmailSettings): GmailClients {
  const timeoutMs = settings.timeoutMs ?? 20_000
  const tokens = accessTokens({ ...settings, timeoutMs })
  const send = wire(settings.gmailUrl)
  return {
    mailbox: (access, pace) => gmailMailbox(asker({ send, access, pace, tokens, settings, timeoutMs })),
  }
}

type Asking = {
  send: Send
  access: MailboxAccess
  pace: Pace | undefined
  tokens: AccessTokens
  settings: GmailSettings
  timeoutMs: number
}

function asker({ send, access, pace, tokens, settings, timeoutMs }: Asking): Ask {
  const count = (method: string, outcome: string) => settings.metrics.outside.inc({ system: 'gmail', method, outcome })
  return async (method, schema, call, patience = timeoutMs) => {
    const { token, fresh } = await tokens.of(access).catch((error: unknown) => {
      count('token', outcomeOf(error))
      throw error
    })
    await pace?.take(unitsOf(method))
    try {
      const data = await send(call, token, patience)
      count(method, 'done')
      await pace?.went()
      return schema.parse(data)
    } catch (error) {
      const failure =
        error instanceof Error && error.name === 'ZodError'
          ? error
          : sortFailure(error, { now: settings.clock.now(), freshToken: fresh })
      if (isUnauthorised(error)) tokens.forget(access)
      count(method, outcomeOf(failure))
      if (failure instanceof GmailTooFast) await pace?.slowDown(failure.retryAfter)
      throw failure
    }
  }
}

const isUnauthorised = (error: unknown) => error instanceof Unsuccessful && error.status === 401

function outcomeOf(error: unknown): string {
  if (error instanceof GmailUnavailable) return 'unavailable'
  return error instanceof GmailAccessLost ? 'access_lost' : 'refused'
}
