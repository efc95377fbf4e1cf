import type { FetchRequest } from './execution/questions.ts'
import { bytes, isPlainObject, mismatch } from './realm/parameter.ts'
import type { Realm } from './realm/realm.ts'
import { ScriptError } from './realm/script-error.ts'
import { blobBytes } from './utilities/blob.ts'

export type FetchOptions = Record<string, unknown>

const METHODS = ['get', 'delete', 'patch', 'post', 'put']
const KNOWN =
  'method contentType headers payload muteHttpExceptions followRedirects validateHttpsCertificates escaping useIntranet'.split(
    ' ',
  )
const LONGEST_URL = 2082
const LARGEST_BODY = 50 * 1024 * 1024
const MOST_HEADERS = 100
const LARGEST_HEADERS = 8 * 1024

/** The advanced parameters of fetch, checked against the documented kinds and limits. */
export function fetchRequest(
  realm: Realm,
  url: string,
  options: FetchOptions,
): { request: FetchRequest; muted: boolean } {
  if (url.length > LONGEST_URL) throw new ScriptError('Limit Exceeded: URLFetch URL Length.')
  for (const key of Object.keys(options))
    if (!KNOWN.includes(key)) throw new ScriptError(`Attribute provided with invalid value: ${key}`)
  const method = String(options['method'] ?? 'get').toLowerCase()
  if (!METHODS.includes(method)) throw new ScriptError(`Attribute provided with invalid value: method`)
  const { body, contentType } = payloadOf(realm, options)
  if ((body?.byteLength ?? 0) > LARGEST_BODY) throw new ScriptError('Limit Exceeded: URLFetch POST Size.')
  const headers = headersOf(options['headers'])
  if (body && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.push(['Content-Type', contentType])
  refuseLargeHeaders(headers)
  const followRedirects = flagOf(options, 'followRedirects', true)
  return {
    request: { url, method: method.toUpperCase(), headers, body, followRedirects },
    muted: flagOf(options, 'muteHttpExceptions', false),
  }
}

function payloadOf(
  realm: Realm,
  { payload, contentType }: FetchOptions,
): { body: Uint8Array | undefined; contentType: string } {
  if (contentType !== undefined && typeof contentType !== 'string')
    throw new ScriptError('Attribute provided with invalid value: contentType')
  const form = 'application/x-www-form-urlencoded'
  if (payload === undefined || payload === null) return { body: undefined, contentType: contentType ?? form }
  if (typeof payload === 'string') return { body: new TextEncoder().encode(payload), contentType: contentType ?? form }
  const blob = blobBytes(realm, payload)
  if (blob) return { body: blob.bytes, contentType: contentType ?? blob.contentType ?? 'application/octet-stream' }
  const list = bytes.read(payload, realm)
  if (list !== mismatch) return { body: list as Uint8Array, contentType: contentType ?? 'application/octet-stream' }
  if (!isPlainObject(payload)) throw new ScriptError('Attribute provided with invalid value: payload')
  if (Object.values(payload).some((value) => typeof value === 'object')) {
    throw new ScriptError('The emulation sends no files in a form: payload')
  }
  const fields = new URLSearchParams(
    Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return { body: new TextEncoder().encode(fields.toString()), contentType: contentType ?? form }
}

function headersOf(given: unknown): [string, string][] {
  if (given === undefined) return []
  if (!isPlainObject(given)) throw new ScriptError('Attribute provided with invalid value: headers')
  return Object.entries(given).map(([name, value]): [string, string] => {
    if (name.toLowerCase() === 'host') throw new ScriptError('Attribute provided with invalid value: Header:Host')
    return [name, String(value)]
  })
}

function refuseLargeHeaders(headers: readonly [string, string][]) {
  const size = headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  if (headers.length > MOST_HEADERS || size > LARGEST_HEADERS)
    throw new ScriptError('Limit Exceeded: URLFetch header size.')
}

function flagOf(options: FetchOptions, key: string, usual: boolean): boolean {
  const given = options[key] ?? usual
  if (typeof given !== 'boolean') throw new ScriptError(`Attribute provided with invalid value: ${key}`)
  return given
}
