import { createHash } from 'node:crypto'

const HEX_ID = /^[0-9a-f]{1,16}$/

/**
 * The ids a script sees, `msg-f:<decimal>` and `thread-f:<decimal>`. Gmail's own REST ids are the same number in hex; for
 * ids of another form (an emulator's) the number is 63 bits of their SHA-256, and the way back is remembered here.
 */
export function gmailIds() {
  const known = new Map<string, string>()

  function number(restId: string): string {
    const decimal = HEX_ID.test(restId) ? BigInt(`0x${restId}`) : hashed(restId)
    known.set(String(decimal), restId)
    return String(decimal)
  }

  return {
    message: (restId: string) => `msg-f:${number(restId)}`,
    thread: (restId: string) => `thread-f:${number(restId)}`,
    draft: (restId: string) => `r${number(restId)}`,
    /** The REST id behind an id of a script; undefined when it is none. */
    rest(id: string): string | undefined {
      const decimal = /(?:msg-f:|thread-f:|^r)(\d{1,20})$/.exec(id)?.[1]
      if (decimal === undefined) return undefined
      return known.get(decimal) ?? BigInt(decimal).toString(16)
    },
  }
}

const hashed = (restId: string) => createHash('sha256').update(restId).digest().readBigUInt64BE() >> 1n
