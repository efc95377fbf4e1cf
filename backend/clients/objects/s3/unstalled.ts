import type { Readable } from 'node:stream'
import { sortS3 } from '../failures.ts'

/** The bytes of an answer, which is given up when none comes for so long. Who reads slowly is waited for. @throws ObjectsAway */
export async function* unstalled(body: Readable, ms: number): AsyncIterable<Buffer> {
  const parts = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const next = async () => {
    const timer = setTimeout(() => body.destroy(new Error(`not a byte in ${ms} ms`)), ms)
    try {
      return await parts.next()
    } catch (error) {
      throw sortS3(error)
    } finally {
      clearTimeout(timer)
    }
  }
  try {
    for (let part = await next(); !part.done; part = await next()) yield part.value
  } finally {
    body.destroy()
  }
}
