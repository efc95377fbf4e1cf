import type { Card } from '../card-service/json.ts'
import type { RenderActions } from '../card-service/response-json.ts'
import type { EventObject } from '../event-objects.ts'
import type { HostApp, Manifest } from '../manifest.ts'
import type { GoogleUser } from '../user.ts'
import type { LogLine } from './services.ts'

/** Who calls decides what may be returned ([WA]/concepts/actions). */
export type Caller = 'trigger' | 'click' | 'suggestions' | 'universal' | 'compose' | 'draft-update'

export type Call = {
  function: string
  event: EventObject
  user: GoogleUser
  caller: Caller
  /** The spreadsheet that is open beside the panel, by its id. */
  spreadsheet?: string | undefined
}

export type Outcome =
  | { kind: 'card'; json: Card }
  | { kind: 'cards'; json: Card[] }
  | { kind: 'action'; json: RenderActions }
  | { kind: 'universal'; json: { cards: Card[]; link?: { url?: string | null } } }
  | { kind: 'suggestions'; json: { autoComplete: { items: { text: string }[] } } }
  | { kind: 'compose'; json: RenderActions }
  | { kind: 'draft-update'; json: RenderActions }
  | { kind: 'authorization'; json: { authorizationUrl: string; resource: string; cards: Card[] } }
  | { kind: 'nothing'; json: undefined }

/** `calls`: what was asked of Google's services, by name. `chargedMs`: what Google would have needed for the calls on a spreadsheet. */
type Traced = { logs: LogLine[]; milliseconds: number; calls: Record<string, number>; chargedMs: number }
export type Execution = Traced & (({ ok: true } & Outcome) | { ok: false; message: string })

/** What the main thread hands to the script's thread for one call; the event travels as JSON, as it does on Google. */
export type Job = {
  function: string
  eventJson: string
  caller: Caller
  user: GoogleUser
  hostApp: HostApp
  spreadsheet: string | null
  nowMs: number
}
export type Done = { logs: LogLine[] } & (({ ok: true } & Outcome) | { ok: false; message: string })
export type ThreadStart = { source: string; manifest: Manifest; bell: SharedArrayBuffer }
