import { setImmediate } from 'node:timers/promises'
import { gidOf } from '../graphql/gid.ts'
import type { Prepared } from '../graphql/preparing.ts'
import type { Ctx } from '../graphql/resource.ts'
import type { Ground } from '../ground.ts'
import type { Shop } from '../shop.ts'
import { put } from '../store/entries.ts'
import type { Gid } from '../store/records/ids.ts'
import type { BulkRecord } from '../store/records/shop.ts'
import { readBatch } from './batches.ts'
import { resultFile, resultSize } from './files.ts'
import { linesOf } from './lines.ts'
import { bulkQuery } from './validating.ts'

export interface Progress {
  objects: number
  roots: number
}

export interface BulkRuns {
  /** Takes up operations that nobody works on, also those of before a restart. */
  startDue(shop: Shop): void
  /** How far a running operation is. */
  progressOf(id: Gid): Progress | undefined
  /** Resolves when no operation is being worked on. */
  settle(): Promise<void>
  stop(): void
}

type Ending = Pick<BulkRecord, 'status' | 'errorCode'>

const all = new WeakMap<Ground, BulkRuns>()

export function bulkRunsOf(ground: Ground): BulkRuns {
  const known = all.get(ground) ?? newRuns()
  all.set(ground, known)
  return known
}

function newRuns(): BulkRuns {
  const working = new Map<Gid, { progress: Progress; done: Promise<void> }>()
  const stuck = new Set<Gid>()
  const failures: unknown[] = []
  let stopped = false

  function start(shop: Shop, bulk: BulkRecord) {
    const progress = { objects: 0, roots: 0 }
    const done = work(shop, bulk, progress, () => stopped)
      .then((ending) => (ending ? void end(shop, bulk.id, ending, progress) : void stuck.add(bulk.id)))
      .catch((error: unknown) => {
        end(shop, bulk.id, { status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR' }, progress)
        failures.push(error)
      })
      .finally(() => working.delete(bulk.id))
    working.set(bulk.id, { progress, done })
  }

  return {
    startDue(shop) {
      if (failures.length > 0) throw failures.shift()
      for (const bulk of shop.tables.bulkOperations.all()) {
        if (!isOpen(bulk) || working.has(bulk.id) || stopped) continue
        if (bulk.status === 'CANCELING')
          end(shop, bulk.id, CANCELED, { objects: bulk.objectCount, roots: bulk.rootObjectCount })
        else if (!stuck.has(bulk.id)) start(shop, bulk)
      }
    },
    progressOf: (id) => working.get(id)?.progress,
    async settle() {
      while (working.size > 0) await Promise.all([...working.values()].map(({ done }) => done))
    },
    stop: () => {
      stopped = true
    },
  }
}

export const isOpen = ({ status }: BulkRecord): boolean => ['CREATED', 'RUNNING', 'CANCELING'].includes(status)

const CANCELED: Ending = { status: 'CANCELED', errorCode: null }
const DENIED: Ending = { status: 'FAILED', errorCode: 'ACCESS_DENIED' }
const BROKEN: Ending = { status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR' }

/** Writes the file batch by batch; nothing when it is to stay as it is. */
async function work(shop: Shop, bulk: BulkRecord, progress: Progress, stopped: () => boolean): Promise<Ending | null> {
  await setImmediate()
  if (stopped()) return null
  const prepared = bulkQuery(shop.ground, bulk.query)
  const ctx = contextOf(shop, bulk.clientId)
  if (!ctx || Array.isArray(prepared)) return DENIED
  const fault = shop.ground.faults.take(shop.domain, ['bulk.run'])
  change(shop, bulk.id, { status: 'RUNNING' })
  if (fault === 'hang') return null
  const file = resultFile(bulk.key ?? '')
  try {
    return await fill(shop, bulk, { prepared, ctx, file, progress, stopped, breaks: fault !== undefined })
  } finally {
    file.close()
  }
}

interface Filling {
  prepared: Prepared
  ctx: Ctx
  file: ReturnType<typeof resultFile>
  progress: Progress
  stopped(): boolean
  /** Fails after the first batch. */
  breaks: boolean
}

async function fill(shop: Shop, bulk: BulkRecord, filling: Filling): Promise<Ending | null> {
  const { prepared, ctx, file, progress, stopped, breaks } = filling
  for (let after: string | null = null; ; ) {
    if (stopped()) return null
    if (shop.tables.bulkOperations.get(bulk.id)?.status === 'CANCELING') return CANCELED
    const batch = readBatch(prepared, ctx, after)
    const code = batch.errors[0]?.extensions['code']
    if (code === 'ACCESS_DENIED') return DENIED
    if (batch.errors[0]) throw batch.errors[0].originalError ?? batch.errors[0]
    const lines = linesOf(batch.nodes, bulk.grouped ?? false)
    file.add(lines)
    progress.objects += lines.length
    progress.roots += batch.nodes.length
    if (breaks) return BROKEN
    if (!batch.next) return { status: 'COMPLETED', errorCode: null }
    after = batch.next
    await setImmediate()
  }
}

/** The app as it is installed now: it may have lost scopes, or the shop, since it asked. */
function contextOf(shop: Shop, clientId: string): Ctx | undefined {
  const installation = shop.state.installations.get(clientId)
  const app = shop.ground.app(clientId)
  if (!installation || !app) return undefined
  const scopes = new Set(installation.scopes)
  const id = gidOf('App', 1000 + shop.ground.seed.apps.indexOf(app))
  return { shop, app: { id, clientId, name: app.name, scopes, offline: true, token: '' }, warn: () => undefined }
}

function end(shop: Shop, id: Gid, ending: Ending, { objects, roots }: Progress) {
  const before = shop.tables.bulkOperations.get(id)
  if (!before || !isOpen(before)) return
  const bulk: BulkRecord = {
    ...before,
    ...ending,
    completedAt: shop.at(),
    objectCount: objects,
    rootObjectCount: roots,
    fileSize: before.key && objects > 0 ? resultSize(before.key) : null,
  }
  shop.commit([put('bulkOperations', bulk)], [{ topic: 'BULK_OPERATIONS_FINISH', record: bulk }])
}

function change(shop: Shop, id: Gid, more: Partial<BulkRecord>) {
  const before = shop.tables.bulkOperations.get(id)
  if (before?.status === 'CREATED') shop.commit([put('bulkOperations', { ...before, ...more })])
}
