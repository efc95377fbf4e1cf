import http from 'node:http'
import https from 'node:https'
import { isAllowed } from './allow-list.ts'
import type { FetchAnswer, FetchRequest } from './execution/questions.ts'
import { ScriptError } from './realm/script-error.ts'

const LARGEST_ANSWER = 50 * 1024 * 1024
const MOST_REDIRECTS = 20
const AGENT = 'Mozilla/5.0 (compatible; Google-Apps-Script; beanserver; +https://script.google.com; emulation)'

export type Web = {
  /** From the https address the script names to the address that is really asked. */
  resolveUrl: (url: string) => string
  allowed: readonly string[]
  signal: AbortSignal
}

/** One request of UrlFetchApp with its redirects; every hop must be on the allow-list. */
export async function fetchForScript(asked: FetchRequest, web: Web): Promise<FetchAnswer> {
  let request = asked
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    if (!isAllowed(request.url, web.allowed))
      throw new ScriptError(
        `Access denied: the URL ${request.url} matches no prefix of urlFetchWhitelist in the manifest.`,
      )
    const answer = await once(request, web)
    const location = answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
    if (!request.followRedirects || !location || answer.status < 300 || answer.status > 399) return answer
    request = redirected(request, answer.status, new URL(location, request.url).href)
  }
  throw new ScriptError(`Too many redirects: ${asked.url}`)
}

function redirected(request: FetchRequest, status: number, url: string): FetchRequest {
  const keepsMethod = status === 307 || status === 308 || request.method === 'GET'
  return keepsMethod ? { ...request, url } : { ...request, url, method: 'GET', body: undefined }
}

function once({ url, method, headers, body }: FetchRequest, { resolveUrl, signal }: Web): Promise<FetchAnswer> {
  const target = new URL(resolveUrl(url))
  const sent = {
    'User-Agent': AGENT,
    'Accept-Encoding': 'identity',
    ...Object.fromEntries(headers),
    Host: new URL(url).host,
  }
  const length = body ? { 'Content-Length': String(body.byteLength) } : {}
  return new Promise((resolve, reject) => {
    const unreachable = (error: Error) =>
      reject(signal.aborted ? error : new ScriptError(`Address unavailable: ${url}`))
    const send = target.protocol === 'https:' ? https.request : http.request
    const request = send(target, { method, headers: { ...sent, ...length }, signal }, (response) => {
      read(response, url).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: pairs(response.rawHeaders), body: bytes }),
        reject,
      )
    })
    request.on('error', unreachable)
    request.end(body)
  })
}

async function read(response: http.IncomingMessage, url: string): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_ANSWER) {
      response.destroy()
      throw new ScriptError(`Limit Exceeded: URLFetch response size: ${url}`)
    }
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** Headers in the case the server sent, which scripts can see. */
function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []))
}
