import { Worker } from 'node:worker_threads'
import { convert } from 'html-to-text'
import type { Found } from './comparing.ts'
import type { Sample } from './sets.ts'

/** Plain libraries as one would use them without a desk, each for what it does. A time-out or a throw counts as found nothing. */
export const LIBRARIES = ['mailparser', 'postal-mime', 'email-reply-parser', 'planer'] as const
export type Library = (typeof LIBRARIES)[number]
export type Tried = { found: Found } | { threw: string }

const PATIENCE_MS = 5_000

/** One thread for all of them: some never come back from a hostile text, and are then ended with their thread. */
export function startLibraries() {
  let worker: Worker | undefined
  const ask = (library: Library, sample: Pick<Sample, 'kind'> & { bytes: Uint8Array; text: string }): Promise<Tried> =>
    new Promise((resolve) => {
      worker ??= new Worker(new URL('./library-thread.ts', import.meta.url), {
        execArgv: ['--disable-warning=ExperimentalWarning'],
      })
      const current = worker
      const settle = (tried: Tried) => {
        clearTimeout(timer)
        current.off('message', settle).off('error', broke)
        resolve(tried)
      }
      const end = (threw: string) => {
        worker = undefined
        void current.terminate()
        settle({ threw })
      }
      const broke = (error: Error) => end(String(error))
      const timer = setTimeout(() => end(`no answer in ${PATIENCE_MS} ms`), PATIENCE_MS)
      current.on('message', settle).on('error', broke)
      current.postMessage({ library, ...sample })
    })
  return {
    try: (library: Library, sample: Sample) =>
      ask(library, { kind: sample.kind, bytes: sample.bytes, text: plainText(sample) }),
    close: async () => {
      await worker?.terminate()
    },
  }
}

/** Reply parsers take text alone. */
const plainText = ({ kind, bytes }: Sample): string => {
  const text = bytes.toString('utf8').replace(/\r\n?/g, '\n')
  return kind === 'html' ? convert(text, { wordwrap: false, selectors: [{ selector: 'img', format: 'skip' }] }) : text
}
