import type { Response } from 'express'
import { hashOf } from '../crypto.ts'

/** A part of a page as it is sent: bytes that are the same for all who look, of which topic, and what names what they show. */
export type Part = { id: string; name: string; bytes: Buffer }

const ID_LENGTH = 16

/** Names what a part shows, so that whoever shows it already is not sent it again. */
export const partId = (html: string): string => hashOf(html).slice(0, ID_LENGTH)

/** @param name of the topic, by which a page finds where it stands: see placesOf */
export function partOf(html: string, name: string): Part {
  const id = partId(html)
  return { id, name, bytes: message('part', html, `${name}.${id}`) }
}

/** Tells a page under which names its parts come, in the order in which it asked for them. */
export const placesOf = (names: readonly string[]): Buffer => message('places', names.join(' '))

/** An event as https://html.spec.whatwg.org/multipage/server-sent-events.html has it. */
const message = (event: string, data: string, id?: string): Buffer =>
  Buffer.from(`event: ${event}\n${id ? `id: ${id}\n` : ''}data: ${data.replaceAll(/\r\n?|\n/g, '\ndata: ')}\n\n`)

/** All is well, and nothing is new. */
export const BEAT = message('beat', '')
/** What is shown may be old for a while. */
export const LATE = message('late', '')
/** Nothing comes any more, and why. */
export const goneFor = (words: string): Buffer => message('gone', words)

/** Whoever does not take in the last thing within so long is not there. */
const PATIENCE_MS = 5_000

/** Somebody who looks at the parts of a page. */
export type Stream = {
  /** Whoever takes in slowly is sent the newest of each topic only, when there is room again. */
  show(part: Part): void
  /** Whoever takes in slowly is not sent it. */
  note(bytes: Buffer): void
  /** Says the last thing, also to whoever takes in slowly. */
  end(last?: Buffer): void
  /** Lets go at once. */
  drop(): void
  /** Since when nothing was taken in, by `performance.now()`; null when all was. */
  readonly stuckSince: number | null
}

/** Begins an answer that goes on. @param gone is called once, however it ends */
export function openStream(response: Response, gone: () => void): Stream {
  const waiting = new Map<string, Buffer>()
  let stuckSince: number | null = null
  /** @returns whether there is room for more */
  const write = (bytes: Buffer): boolean => {
    if (response.destroyed || response.writableEnded) return false
    const hasRoom = response.write(bytes)
    if (!hasRoom) stuckSince ??= performance.now()
    return hasRoom
  }
  response.locals.isStream = true
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    Connection: 'close', // nothing else is asked on it when it ends
    'X-Accel-Buffering': 'no', // nginx would hold it back
  })
  response.on('drain', () => {
    stuckSince = null
    for (const [name, bytes] of waiting) {
      waiting.delete(name)
      if (!write(bytes)) return
    }
  })
  response.on('error', () => response.destroy()) // whoever went away is told by `close`
  response.once('close', gone)
  write(BEAT)
  return {
    show({ name, bytes }) {
      if (stuckSince === null) write(bytes)
      else waiting.set(name, bytes)
    },
    note(bytes) {
      if (stuckSince === null) write(bytes)
    },
    end(last) {
      if (response.destroyed || response.writableEnded) return
      waiting.clear()
      response.end(last)
      setTimeout(() => response.destroy(), PATIENCE_MS).unref()
    },
    drop: () => void response.destroy(),
    get stuckSince() {
      return stuckSince
    },
  }
}
