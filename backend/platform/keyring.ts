import { randomBytes } from 'node:crypto'
import {
  type DataKey,
  dataKey,
  deriveKey,
  keyId,
  type Place,
  seal,
  sealedWith,
  sealLarge,
  unseal,
  unsealLarge,
} from './crypto.ts'
import { DeskError } from './errors.ts'
import { type FrameSealer, frameSealer, framesSealedWith, openFrames, type SealedFile } from './frames.ts'
import type { Tx } from './tenancy.ts'

/** Seals and opens values of one workspace; every call names the table and the row. */
export type Box = {
  seal(table: string, id: string, content: Buffer | string): Buffer<ArrayBuffer>
  open(table: string, id: string, sealed: Uint8Array): Buffer
  openText(table: string, id: string, sealed: Uint8Array): string
  /** The same two for megabytes: the process goes on while they are compressed. */
  sealLarge(table: string, id: string, content: Buffer): Promise<Buffer<ArrayBuffer>>
  openLarge(table: string, id: string, sealed: Uint8Array): Promise<Buffer>
  /** Seals a file while it passes. */
  sealer(table: string, id: string): FrameSealer
  /** Opens a stretch of such a file. */
  openStretch(table: string, id: string, file: Omit<SealedFile, 'place'>): AsyncIterable<Buffer>
}

export type Keyring = {
  /** The box of the transaction's workspace. Reads its keys once per process and five minutes. */
  box(tx: Tx): Promise<Box>
  /** The box of a workspace whose keys this process holds; null when they have to be read first. */
  held(workspaceId: string, now: Date): Box | null
  /** Writes the first data key of a new workspace. */
  create(tx: Tx): Promise<void>
  /** Adds a newer data key, used from ten minutes later on, when every process knows it; what was sealed before still opens. */
  rotate(tx: Tx): Promise<number>
}

type KeyRow = { version: number; wrapped: Uint8Array; masterKeyId: string; createdAt: Date }

type DatedKey = DataKey & { since: number }

/** Newest first. */
type Cached = { keys: DatedKey[]; until: number }

const KEEP_MS = 5 * 60_000
/** By then no process holds keys that it read before a newer one was there. */
const USED_AFTER_MS = 2 * KEEP_MS

/**
 * Data keys per workspace, wrapped by the master key.
 * @param masterKeys 32 bytes each; the first wraps, the others only unwrap (a rotated master key stays until all is rewrapped)
 */
export function createKeyring(masterKeys: Buffer[]): Keyring {
  const [current] = masterKeys
  if (!current) throw new Error('A keyring needs a master key')
  const cache = new Map<string, Cached>()

  const unwrap = (workspaceId: string, row: KeyRow): DatedKey => {
    const master = masterKeys.find((key) => keyId(key) === row.masterKeyId)
    if (!master) throw new Error(`The master key ${row.masterKeyId} that wrapped a data key is not configured`)
    const wrapping = dataKey(0, deriveKey(master, 'wrap'))
    const key = unseal(wrapping, place(workspaceId, row.version), row.wrapped)
    return { ...dataKey(row.version, key), since: row.createdAt.getTime() }
  }

  const load = async (tx: Tx): Promise<DatedKey[]> => {
    const cached = cache.get(tx.workspaceId)
    if (cached && cached.until > tx.now.getTime()) return cached.keys
    const rows = await tx.dataKey.findMany({ where: { workspaceId: tx.workspaceId }, orderBy: { version: 'desc' } })
    const keys = rows.map((row) => unwrap(tx.workspaceId, row))
    if (keys.length === 0) throw new Error(`Workspace ${tx.workspaceId} has no data key: it was erased or never set up`)
    cache.set(tx.workspaceId, { keys, until: tx.now.getTime() + KEEP_MS })
    return keys
  }

  const add = async (tx: Tx, version: number): Promise<void> => {
    const wrapping = dataKey(0, deriveKey(current, 'wrap'))
    const wrapped = seal(wrapping, place(tx.workspaceId, version), randomBytes(32))
    await tx.dataKey.create({
      data: {
        workspaceId: tx.workspaceId,
        version,
        wrapped: Buffer.from(wrapped),
        masterKeyId: keyId(current),
        createdAt: tx.now,
      },
    })
  }

  const forgetting = (workspaceId: string) => () => cache.delete(workspaceId)

  return {
    async box(tx) {
      return boxOf(tx.workspaceId, await load(tx), tx.now, forgetting(tx.workspaceId))
    },
    held(workspaceId, now) {
      const cached = cache.get(workspaceId)
      if (!cached || cached.until <= now.getTime()) return null
      return boxOf(workspaceId, cached.keys, now, forgetting(workspaceId))
    },
    create: (tx) => add(tx, 1),
    async rotate(tx) {
      const { _max } = await tx.dataKey.aggregate({ where: { workspaceId: tx.workspaceId }, _max: { version: true } })
      const version = (_max.version ?? 0) + 1
      await add(tx, version)
      return version
    },
  }
}

const place = (workspaceId: string, version: number): Place => ({ workspaceId, table: 'data_key', id: String(version) })

/** @param forget lets the next transaction read the keys again */
function boxOf(workspaceId: string, keys: DatedKey[], now: Date, forget: () => void): Box {
  const current = keys.find(({ since }) => since <= now.getTime() - USED_AFTER_MS) ?? keys.at(-1)
  if (!current) throw new Error('A box needs a key')
  const keyOf = (version: number): DatedKey => {
    const key = keys.find((candidate) => candidate.version === version)
    if (key) return key
    forget()
    throw new DeskError('unavailable', 'The keys of this workspace were just changed. Try again.', { retryAfter: 1 })
  }
  const open = (table: string, id: string, sealed: Uint8Array): Buffer =>
    unseal(keyOf(sealedWith(sealed)), { workspaceId, table, id }, sealed)
  return {
    seal: (table, id, content) => Buffer.from(seal(current, { workspaceId, table, id }, content)),
    open,
    openText: (table, id, sealed) => open(table, id, sealed).toString('utf8'),
    sealLarge: async (table, id, content) => Buffer.from(await sealLarge(current, { workspaceId, table, id }, content)),
    openLarge: (table, id, sealed) => unsealLarge(keyOf(sealedWith(sealed)), { workspaceId, table, id }, sealed),
    sealer: (table, id) => frameSealer(current, { workspaceId, table, id }),
    openStretch: (table, id, file) =>
      openFrames(keyOf(framesSealedWith(file.header)), { ...file, place: { workspaceId, table, id } }),
  }
}
