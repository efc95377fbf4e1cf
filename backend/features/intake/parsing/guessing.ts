import { analyse } from 'chardet'

/** What text is guessed from: more tells no more and takes longer. */
const LOOKED_AT = 32_000
/** Bytes beyond ASCII; fewer say too little, and Western text is the likeliest. */
const ENOUGH = 6
/** Per cent. Below that a guess is worse than the usual. */
const SURE = 30

/** What browsers fall back to as well; every byte means something in it. */
const FALLBACK = 'windows-1252'

const MULTI_BYTE = /^(gb18030|big5|euc-kr|shift_jis|euc-jp)$/

/** The charset that bytes without a usable declaration are most likely in. */
export function guessCharset(bytes: Uint8Array): string {
  const first = bytes.findIndex((byte) => byte > 127)
  const looked = bytes.subarray(Math.max(0, first - 200), Math.max(0, first - 200) + LOOKED_AT)
  const beyond = looked.reduce((count, byte) => count + (byte > 127 ? 1 : 0), 0)
  if (beyond < ENOUGH) return FALLBACK
  const likely = analyse(looked).filter(({ confidence }) => confidence >= SURE)
  const fitting = likely.map(({ name }) => name.toLowerCase()).find((name) => mayBe(name, bytes))
  return fitting === undefined || fitting === 'iso-8859-1' ? FALLBACK : fitting
}

/** A charset of several bytes a character fits only when every one of them does. */
function mayBe(name: string, bytes: Uint8Array): boolean {
  if (!MULTI_BYTE.test(name)) return /^(windows-125\d|iso-8859-\d+|koi8-r)$/.test(name)
  return decodeStrictly(bytes, name) !== null
}

/** @returns null when the bytes are not of that charset, or nobody knows it */
export function decodeStrictly(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof Error && /^(TypeError|RangeError)$/.test(error.name)) return null
    throw error
  }
}

/** Decodes as the guess says; what does not fit becomes the mark of an unreadable character. */
export const decodeGuessing = (bytes: Uint8Array): string => new TextDecoder(guessCharset(bytes)).decode(bytes)
