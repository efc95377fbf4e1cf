import type { FetchAnswer, FetchRequest } from './execution/questions.ts'
import type { Services } from './execution/services.ts'
import { either, listOf, optional, plainObject, text } from './realm/parameter.ts'
import { ScriptError } from './realm/script-error.ts'
import { answer, serviceClass } from './realm/service-class.ts'
import { SCOPES } from './scopes.ts'
import { type FetchOptions, fetchRequest } from './url-fetch-request.ts'
import { makeBlob } from './utilities/blob.ts'

const SHOWN_OF_A_REFUSAL = 200

type Asked = { request: FetchRequest; muted: boolean }

/** UrlFetchApp as a versioned deployment has it: without urlFetchWhitelist nothing may be fetched. */
export function urlFetchApp({ realm, ask, permissions }: Services): object {
  const responseClass = serviceClass<FetchAnswer>('UrlFetchApp.HTTPResponse', {
    getResponseCode: answer([], (response) => response.status),
    getContentText: answer([optional(text)], (response, charset) =>
      new TextDecoder(charset ?? 'utf-8').decode(response.body),
    ),
    getContent: answer([], (response) => response.body),
    getHeaders: answer([], (response) => headersOf(response, (values) => values.at(-1))),
    getAllHeaders: answer([], (response) => headersOf(response, (values) => (values.length > 1 ? values : values[0]))),
    getBlob: answer([], ({ body, headers }) => {
      const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';')[0] ?? null
      return makeBlob(realm, { bytes: body, contentType, name: null })
    }),
  })

  const prepare = (url: string, options: FetchOptions): Asked => {
    permissions.demand('UrlFetchApp.fetch', [SCOPES.externalRequest])
    return fetchRequest(realm, url, options)
  }

  const send = (asked: Asked[]) =>
    ask(
      'fetch',
      asked.map(({ request }) => request),
    ).map((response, index) => {
      const { request, muted } = asked[index] as Asked
      if (response.status >= 400 && !muted) throw new ScriptError(refusal(request.url, response))
      return realm.make(responseClass, response)
    })

  const made = serviceClass<unknown>('UrlFetchApp', {
    fetch: answer([text, optional(plainObject)], (_app, url, options) => send([prepare(url, options ?? {})])[0]),
    fetchAll: answer([listOf(either(text, plainObject))], (_app, requests) =>
      send(
        requests.map((request) => {
          if (typeof request === 'string') return prepare(request, {})
          const { url, ...options } = request
          if (typeof url !== 'string') throw new ScriptError('Attribute provided with no value: url')
          return prepare(url, options)
        }),
      ),
    ),
  })
  return realm.make(made, undefined)
}

function headersOf({ headers }: FetchAnswer, choose: (values: string[]) => unknown): Record<string, unknown> {
  const grouped = new Map<string, string[]>()
  for (const [name, value] of headers) grouped.set(name, [...(grouped.get(name) ?? []), value])
  return Object.fromEntries([...grouped].map(([name, values]) => [name, choose(values)]))
}

function refusal(url: string, { status, body }: FetchAnswer): string {
  const shown = new TextDecoder().decode(body).slice(0, SHOWN_OF_A_REFUSAL)
  return `Request failed for ${new URL(url).origin} returned code ${status}. Truncated server response: ${shown} (use muteHttpExceptions option to examine full response)`
}
