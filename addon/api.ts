import type { Endpoint } from '../shared/endpoint.ts'
import type { ErrorReply } from '../shared/errors.ts'
import type { InputOf, ReplyOf } from './contract.ts'
import { AddonError, OLDER_CARD } from './errors.ts'
import { logged } from './log.ts'

/** Both are put in when the bundle is built: see toolchain/build-addon.ts. The URL has no slash at its end. */
declare const BACKEND_URL: string
declare const ADDON_VERSION: string

/** Where our pages are. */
export const pagesOrigin = BACKEND_URL

type Sent = { body?: unknown; key?: string | null }
type Named = { params?: Record<string, string>; query?: Record<string, unknown> }

/**
 * Calls the backend as the user in front of the card: `call<typeof getTicket>('GET', '/v1/tickets/:ticketId', { params })`.
 * Method and path must be the contract's, which gives the types of everything else.
 * @throws AddonError with the backend's code, or `unreachable`
 */
export function call<E extends Endpoint>(method: E['method'], path: E['path'], input: InputOf<E>): ReplyOf<E> {
  const { params, query, ...sent } = input as Sent & Named
  return ask(method, filled(path, params ?? {}) + asked(query ?? {}), sent) as ReplyOf<E>
}

/**
 * Follows a press that the backend itself described. The path went through the client, so it is held to our API: the identity token goes
 * nowhere else.
 * @throws AddonError with the backend's code, or `unreachable`
 */
export function follow<E extends Endpoint>(method: string, path: string, sent: Sent): ReplyOf<E> {
  if (path.indexOf('/v1/') !== 0) throw new AddonError('addon_failed', OLDER_CARD)
  return ask(method, path, sent) as ReplyOf<E>
}

function ask(method: string, path: string, sent: Sent): unknown {
  const response = fetched(BACKEND_URL + path, {
    method: method.toLowerCase() as GoogleAppsScript.URL_Fetch.HttpMethod,
    headers: headersFor(sent),
    muteHttpExceptions: true,
    followRedirects: false, // the identity token goes to our backend and nowhere else
    ...(sent.body === undefined ? {} : { contentType: 'application/json', payload: JSON.stringify(sent.body) }),
  })
  const status = response.getResponseCode()
  const reply = parsed(response.getContentText(), status)
  if (status < 200 || status > 299) throw refusal(reply, status)
  return reply
}

const filled = (path: string, params: Record<string, string>) =>
  path.replace(/:(\w+)/g, (_place, name: string) => encodeURIComponent(params[name] || ''))

function asked(query: Record<string, unknown>): string {
  const names = Object.keys(query).filter((name) => query[name] !== undefined)
  const pairs = names.map((name) => `${name}=${encodeURIComponent(String(query[name]))}`)
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

function headersFor({ key }: Sent): Record<string, string> {
  const token = ScriptApp.getIdentityToken() as string | null
  if (!token)
    throw new AddonError(
      'unauthenticated',
      'Google gave Sidedesk no proof of who you are. Allow the add-on again, then reload.',
    )
  return {
    Authorization: `Bearer ${token}`,
    'X-Sidedesk-Addon': ADDON_VERSION,
    ...(key ? { 'Idempotency-Key': key } : {}),
  }
}

function fetched(url: string, options: GoogleAppsScript.URL_Fetch.URLFetchRequestOptions) {
  try {
    return UrlFetchApp.fetch(url, options)
  } catch (error) {
    logged(`${options.method} ${url}: ${error}`)
    throw unreachable()
  }
}

/** A page of a proxy instead of JSON means that our server did not answer. */
function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    logged(`Answer ${status} is not JSON: ${error}`)
    throw unreachable(status)
  }
}

function refusal(reply: unknown, status: number): AddonError {
  const error = (reply as Partial<ErrorReply> | null)?.error
  if (!error?.code) return unreachable(status)
  return new AddonError(error.code, wordsOf(error), error.reference)
}

const unreachable = (status?: number) =>
  new AddonError(
    'unreachable',
    `The Sidedesk server cannot be reached right now${status ? ` (answer ${status})` : ''}.`,
  )

/** What is wrong with which field is for programs; a person reads the sentences alone. */
const wordsOf = ({ fields, message }: ErrorReply['error']): string =>
  fields && fields.length > 0 ? fields.map((field) => field.message).join(' ') : message
