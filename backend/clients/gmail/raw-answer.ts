/**
 * Takes the mail out of the bytes of an answer, so that 50 MB of it are never a text: that took three copies and as many seconds.
 * The key cannot stand inside another value, where its quotes would be escaped.
 * @returns the rest of the answer as it is written, with `raw` as bytes; anything else as it is
 */
export function withoutRaw(bytes: Buffer): unknown {
  const begin = beginOfRaw(bytes)
  const end = begin < 0 ? -1 : bytes.indexOf('"', begin)
  if (end < 0) return JSON.parse(bytes.toString())
  const written = bytes.toString('latin1', begin, end)
  if (written.includes('\\')) return decodedRaw(JSON.parse(bytes.toString()))
  const rest = JSON.parse(Buffer.concat([bytes.subarray(0, begin), bytes.subarray(end)]).toString())
  return { ...rest, raw: Buffer.from(written, 'base64url') }
}

const decodedRaw = (answer: { raw: string }) => ({ ...answer, raw: Buffer.from(answer.raw, 'base64url') })

const KEY = '"raw"'

/** Where the value begins, behind its quote; -1 when there is none. A label may have the name of the key. */
function beginOfRaw(bytes: Buffer): number {
  for (let key = bytes.indexOf(KEY); key >= 0; key = bytes.indexOf(KEY, key + 1)) {
    const end = key + KEY.length
    const after = /^\s*:\s*"/.exec(bytes.toString('latin1', end, end + 100))
    if (after) return end + after[0].length
  }
  return -1
}
