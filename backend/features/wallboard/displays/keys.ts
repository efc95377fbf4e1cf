import { randomBytes } from 'node:crypto'

const ID_BYTES = 16
const SECRET_BYTES = 32

/** What a screen is opened by: where its row is, and a secret that nobody guesses. */
export const newDisplayKey = (workspaceId: string): string =>
  Buffer.concat([Buffer.from(workspaceId.replaceAll('-', ''), 'hex'), randomBytes(SECRET_BYTES)]).toString('base64url')

const KEY = /^[\w-]{64}$/

/** Whose row to look for; null for what cannot be a key. Row-level security sees that workspace alone, and only the whole key opens the row. */
export function workspaceOfKey(key: string): string | null {
  if (!KEY.test(key)) return null
  const hex = Buffer.from(key, 'base64url').subarray(0, ID_BYTES).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
