import type { IncomingHttpHeaders } from 'node:http'

export interface Call {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  params: Record<string, string>
}

export interface Answer {
  status?: number
  headers?: Record<string, string>
  json?: unknown
  html?: string
  /** Bytes as they come, with a content-type among the headers. */
  stream?: AsyncIterable<string | Uint8Array>
  /** Answers by closing the socket, after the work was done. */
  hangUp?: boolean
}

export interface Route {
  method: string
  pattern: string
  run(call: Call): Answer | Promise<Answer>
}

/** The first route whose segments fit; `:name` takes one segment. */
export function routeFor(routes: Route[], method: string, path: string) {
  const wanted = segments(path)
  for (const route of routes) {
    const params = route.method === method ? paramsOf(segments(route.pattern), wanted) : undefined
    if (params) return { route, params }
  }
  return undefined
}

/** Reads a JSON object; an empty body counts as an empty object. */
export function jsonIn(body: Buffer): Record<string, unknown> | undefined {
  if (body.length === 0) return {}
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const segments = (path: string) => path.split('/').filter(Boolean)

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function paramsOf(pattern: string[], wanted: string[]): Record<string, string> | undefined {
  if (pattern.length !== wanted.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, part] of pattern.entries()) {
    const value = wanted[i] ?? ''
    const named = part.startsWith(':') ? decoded(value) : undefined
    if (named !== undefined) params[part.slice(1)] = named
    else if (part !== value) return undefined
  }
  return params
}
