import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Stored } from './route.ts'

export const isStored = (reply: unknown): reply is Stored =>
  typeof reply === 'object' && reply !== null && 'read' in reply && 'tag' in reply

/** Whoever sent the bytes, they can run nothing here: no script, no form, no origin, and no guess at another type. */
const SANDBOX = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"

/** Sends all of it, or the stretch that was asked for. A caller who goes away ends the reading. */
export async function sendStored(request: Request, response: Response, stored: Stored): Promise<void> {
  const { size, contentType, name, shown, tag } = stored
  response.setHeader('Content-Security-Policy', SANDBOX)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Accept-Ranges', 'bytes')
  response.setHeader('ETag', `"${tag}"`)
  const asked = askedRange(request, stored)
  if (asked === 'unsatisfiable') {
    response.status(416).setHeader('Content-Range', `bytes */${size}`)
    response.end()
    return
  }
  response.setHeader('Content-Type', contentType)
  const way = shown ? 'inline' : 'attachment'
  response.setHeader('Content-Disposition', `${way}; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`)
  const { from, to } = asked ?? { from: 0, to: size }
  if (asked) response.status(206).setHeader('Content-Range', `bytes ${from}-${to - 1}/${size}`)
  response.setHeader('Content-Length', String(to - from))
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  try {
    await pipeline(Readable.from(stored.read(from, to)), response)
  } catch (error) {
    if (!hasLeft(error)) throw error
  }
}

/** One range is served; several at once, and one of another version of the bytes, are answered with all of it. */
function askedRange(request: Request, { size, tag }: Stored): { from: number; to: number } | 'unsatisfiable' | null {
  const version = request.header('if-range')
  if (version !== undefined && version !== `"${tag}"`) return null
  const ranges = request.range(size)
  if (ranges === -1) return 'unsatisfiable'
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null
  const [range] = ranges
  return range ? { from: range.start, to: range.end + 1 } : null
}

const hasLeft = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
