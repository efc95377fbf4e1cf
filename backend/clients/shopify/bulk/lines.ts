import { ShopifyUnavailable } from '../failures.ts'

export type Reading = {
  /** Milliseconds without a byte after which the download is given up. */
  idleMs: number
  /** Bytes of one line; a longer one is refused before it fills the memory. */
  longestLine: number
}

/**
 * Downloads a JSONL file as a stream and yields what each line holds; at most one line and one chunk are in memory.
 * With fetch: the library has no downloads.
 * @throws ShopifyUnavailable when the file cannot be had, breaks off, or is not what it should be
 */
export async function* jsonLines(url: string, { idleMs, longestLine }: Reading): AsyncGenerator<unknown> {
  const abort = new AbortController()
  const patient = <T>(answer: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => abort.abort(new Error(`no byte for ${idleMs} ms`)), idleMs)
    return answer.finally(() => clearTimeout(timer))
  }
  try {
    const response = await patient(fetch(url, { signal: abort.signal }))
    if (!response.ok || !response.body)
      throw new ShopifyUnavailable(`Shopify's file is not there (${response.status}). Ask for it again.`)
    for await (const line of splitLines(chunksOf(response.body, patient), longestLine)) yield JSON.parse(line)
  } catch (error) {
    if (error instanceof ShopifyUnavailable) throw error
    throw new ShopifyUnavailable("Shopify's file broke off while it was read. Read it again.", { cause: error })
  } finally {
    abort.abort()
  }
}

/** Only waiting for bytes counts as idle: who reads may take all the time it needs for what it has. */
async function* chunksOf(
  body: ReadableStream<Uint8Array>,
  patient: <T>(answer: Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await patient(reader.read())
    if (done) return
    yield value
  }
}

async function* splitLines(chunks: AsyncIterable<Uint8Array>, longest: number): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  let length = 0
  const take = (piece: Uint8Array) => {
    length += piece.length
    if (length > longest) throw new ShopifyUnavailable(`A line of Shopify's file is longer than ${longest} bytes.`)
    parts.push(piece)
  }
  const whole = () => {
    const line = Buffer.concat(parts).toString('utf8')
    parts = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      take(chunk.subarray(start, end))
      start = end + 1
      const line = whole()
      if (line.trim()) yield line
    }
    take(chunk.subarray(start))
  }
  const last = whole()
  if (last.trim()) yield last
}
