/**
 * Bytes too large for a row. What is put is on disk when `put` returns; the row that names it is committed after.
 * The caller encrypts: a store sees cipher text only.
 */
export type Objects = {
  put(key: string, bytes: Uint8Array): Promise<void>
  /** @throws ObjectMissing */
  get(key: string): Promise<Buffer>
  /** Begins an object that is too long to hold, or whose length nobody knows yet. Nobody sees it before it is finished. */
  write(key: string): Promise<ObjectWriter>
  /**
   * A stretch of an object, piece by piece.
   * @param from first byte
   * @param to the byte after the last one; beyond the end it means the end
   * @throws ObjectMissing when the first piece is asked for
   */
  read(key: string, from: number, to: number): AsyncIterable<Buffer>
  /** Removing what is not there is done already. */
  remove(key: string): Promise<void>
  /** Everything that one workspace has here, for the sweeper. `whole` is false for what a process began and never finished. */
  list(workspaceId: string): AsyncIterable<StoredObject>
  /** Takes away what `list` found unfinished. */
  removeUnfinished(found: StoredObject): Promise<void>
  /** Writes nothing. @throws in words why the store cannot be used */
  check(): Promise<void>
}

/** `name` is the store's own. */
export type StoredObject = { key: string; whole: boolean; name: string }

/** Takes the bytes of one object in order. One of `finish` and `abort` ends it. */
export type ObjectWriter = {
  write(bytes: Uint8Array): Promise<void>
  /** The object is on disk, and seen, when this returns. */
  finish(): Promise<void>
  /** Nothing is left of it; while the store is out of reach, what the sweeper takes away. */
  abort(): Promise<void>
}

/** The store has nothing under this key. */
export class ObjectMissing extends Error {
  override name = 'ObjectMissing'
}

/** For whoever takes what is there: bytes that are gone are null, and a store that is away still fails. */
export const orGone = <T>(reading: Promise<T>): Promise<T | null> =>
  reading.catch((error: unknown) => {
    if (error instanceof ObjectMissing) return null
    throw error
  })

/** A place in the store; the last two characters of a UUIDv7 are random, so that folders stay even. */
export const objectKey = (workspaceId: string, id: string): string => `${workspaceId}/${id.slice(-2)}/${id}`

const KEY = /^[0-9a-f-]{36}\/[0-9a-f]{2}\/[0-9a-f-]{36}$/

/** Whether it can have been put here. A bucket may hold what others put into it. */
export const isKey = (key: string): boolean => KEY.test(key)

/** Keys are made by `objectKey` only; anything else could point outside the store. */
export function checkKey(key: string): string {
  if (!isKey(key)) throw new Error('Not the key of an object')
  return key
}
