/**
 * Bytes too large for a row. What is put is on disk when `put` returns; the row that names it is committed after.
 * The caller encrypts: a store sees cipher text only.
 */
export type Objects = {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** @throws ObjectMissing */
  get(key: string): Promise<Buffer>
  /** Removing what is not there is done already. */
  remove(key: string): Promise<void>
  /** Keys of one workspace and when they were last written, for the sweeper. */
  list(workspaceId: string): AsyncIterable<{ key: string; writtenAt: Date }>
}

/** The store has nothing under this key. */
export class ObjectMissing extends Error {
  override name = 'ObjectMissing'
}

/** A place in the store; the last two characters of a UUIDv7 are random, so that folders stay even. */
export const objectKey = (workspaceId: string, id: string): string => `${workspaceId}/${id.slice(-2)}/${id}`

const KEY = /^[0-9a-f-]{36}\/[0-9a-f]{2}\/[0-9a-f-]{36}$/

/** Keys are made by `objectKey` only; anything else could point outside the store. */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new Error('Not the key of an object')
  return key
}
