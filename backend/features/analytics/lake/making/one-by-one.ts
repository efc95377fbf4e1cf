import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

export type Lines = { write(text: string): Promise<void> }

/**
 * Writes a file a little at a time, no faster than the disk takes it. Whoever fails in between leaves half a file, and no more than that:
 * what is on its way to the disk then fails as well, which is nobody's news.
 */
export async function writeLines(file: string, work: (lines: Lines) => Promise<void>): Promise<void> {
  const out = createWriteStream(file, { mode: 0o600 })
  out.on('error', () => undefined) // told by the next write or by the end; an error that nobody hears ends the process
  try {
    await work({
      async write(text) {
        if (out.errored) throw out.errored
        if (!out.write(text)) await once(out, 'drain')
      },
    })
    out.end()
    await finished(out)
  } catch (error) {
    out.destroy()
    throw error
  }
}
