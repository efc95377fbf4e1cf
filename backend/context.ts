import type pg from 'pg'
import type { GmailClients } from './clients/gmail/index.ts'
import type { Objects } from './clients/objects/index.ts'
import type { Scanner } from './clients/scanner/index.ts'
import type { SheetsClient } from './clients/sheets/index.ts'
import type { ShopifyClients } from './clients/shopify/index.ts'
import type { Config } from './config.ts'
import type { Readers } from './features/analytics/reading/readers.ts'
import type { MailParser } from './features/intake/parsing/pool.ts'
import type { HomePart } from './features/queues/home-part.ts'
import type { Beginner } from './features/tickets/beginning.ts'
import type { CardPart } from './features/tickets/card-part.ts'
import type { GoogleTokens } from './platform/authenticate.ts'
import type { Clock } from './platform/clock.ts'
import type { Database } from './platform/database.ts'
import type { Reactions } from './platform/events.ts'
import type { Followers } from './platform/followers.ts'
import type { Claim } from './platform/idempotency.ts'
import type { Keyring } from './platform/keyring.ts'
import type { Live } from './platform/live/live.ts'
import type { Logger } from './platform/log.ts'
import type { Mask } from './platform/mask.ts'
import type { Metrics } from './platform/metrics.ts'
import type { Moments } from './platform/moments.ts'
import type { RateLimiter } from './platform/rate-limit.ts'
import type { Signer } from './platform/signer.ts'

/** Everything that work needs, made once per process in app.ts and handed down; nothing is global. */
export type Ctx = {
  config: Config
  db: Database
  pool: pg.Pool
  clock: Clock
  log: Logger
  metrics: Metrics
  keyring: Keyring
  signer: Signer
  reactions: Reactions
  followers: Followers
  /** Pages that change while somebody looks. */
  live: Live
  moments: Moments
  /** What features add to the card of a ticket, in order. */
  cardParts: readonly CardPart[]
  /** What features add to the homepage, in order. */
  homeParts: readonly HomePart[]
  /** Who decides how a ticket of a customer's mail begins. */
  begin: Beginner
  rateLimiter: RateLimiter
  googleTokens: GoogleTokens
  gmail: GmailClients
  sheets: SheetsClient
  shopify: ShopifyClients
  objects: Objects
  /** Looks for malware in files; null where none is configured. */
  scanner: Scanner | null
  /** Reads the lake for figures. */
  figures: Readers
  /** Child processes that read mail. */
  mailParser: MailParser
  /** Takes gift card codes out of a text: over replies, failures, log lines and what is stored in the open. */
  mask: Mask
  /** Set while a write request is answered. */
  claim?: Claim
}
