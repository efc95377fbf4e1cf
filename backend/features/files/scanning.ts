import { z } from 'zod'
import { ObjectsAway } from '../../clients/objects/index.ts'
import { ScannerAway, type Verdict } from '../../clients/scanner/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import { event, record } from '../../platform/events.ts'
import { enqueue } from '../../platform/jobs.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { SCAN } from './queueing.ts'
import { openFile } from './serving.ts'

/** What was found is told by the file; the record holds no names. */
export const fileBlocked = event('file.blocked', z.object({ fileId: z.uuid() }))

/** Files read and scanned between two looks at the list. */
const AT_ONCE = 20

type Waiting = { id: string; size: number; scan: string; createdAt: Date }

/**
 * Has the scanner look at what waits, newest mail before what was kept while there was no scanner. When the scanner is away, or the store
 * of the files, all stays as it is, and the next attempt goes on.
 * @throws ScannerAway, ObjectsAway
 */
export async function scanFiles(ctx: Ctx, workspaceId: string): Promise<void> {
  const { scanner } = ctx
  if (!scanner) return
  for (;;) {
    const { waiting, box } = await inWorkspace(
      ctx,
      workspaceId,
      async (tx) => ({
        box: await ctx.keyring.box(tx),
        waiting: await tx.$queryRaw<Waiting[]>(toScanSql(workspaceId)),
      }),
      { reads: true },
    )
    if (waiting.length === 0) return
    for (const file of waiting) await scanOne(ctx, workspaceId, box, file)
  }
}

export const toScanSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  (${oldestSql(workspaceId, 'waiting')}) union all (${oldestSql(workspaceId, 'unscanned')}) limit ${AT_ONCE}`

const oldestSql = (workspaceId: string, scan: 'waiting' | 'unscanned'): Prisma.Sql => Prisma.sql`
  select f.id::text, f.size, f.scan, f.created_at as "createdAt" from desk.stored_file f
  where f.workspace_id = ${workspaceId}::uuid and f.scan = ${Prisma.raw(`'${scan}'`)} order by f.created_at, f.id limit ${AT_ONCE}`

async function scanOne(ctx: Ctx, workspaceId: string, box: Box, file: Waiting): Promise<void> {
  const verdict = await verdictOn(ctx, workspaceId, box, file)
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const scanned = await tx.$executeRaw`
      update desk.stored_file set scan = ${verdict.kind}, finding = ${findingOf(verdict)}, scanned_at = ${tx.now}
      where workspace_id = ${workspaceId}::uuid and id = ${file.id}::uuid and scan in ('waiting', 'unscanned')`
    if (scanned === 1 && verdict.kind === 'infected')
      await record(tx, [fileBlocked({ fileId: file.id, by: systemOf(workspaceId) })])
  })
  ctx.metrics.outside.inc({ system: 'clamd', method: 'INSTREAM', outcome: verdict.kind })
}

type Found = Verdict | { kind: 'unreadable' }

/** Bytes that are gone or broken are the file's own trouble: those behind it are scanned all the same. */
async function verdictOn(ctx: Ctx, workspaceId: string, box: Box, file: Waiting): Promise<Found> {
  if (!ctx.scanner) throw new ScannerAway('There is no scanner any more.')
  try {
    const read = await openFile(ctx, workspaceId, box, file)
    return await ctx.scanner.scan(read(0, file.size))
  } catch (error) {
    if (error instanceof ScannerAway || isOfTheStore(error)) throw error
    ctx.log.error({ err: error, workspaceId, fileId: file.id }, 'a file cannot be read, and is not scanned')
    return { kind: 'unreadable' }
  }
}

/** It says nothing about the file: the store is away, or the disk or its rights are in trouble. */
const isOfTheStore = (error: unknown): boolean =>
  error instanceof ObjectsAway || (error instanceof Error && 'syscall' in error)

/** Bytes may have come back, out of a backup or with a key: each night they are looked for once. */
export const scanUnreadable = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (!ctx.scanner) return
    const again = await tx.$executeRaw(unreadableSql(workspaceId))
    if (again > 0) await enqueue(tx, SCAN, {}, { key: `${SCAN.name}/${workspaceId}` })
  })

/** Exported so that a test can look at its plan. */
export const unreadableSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  update desk.stored_file set scan = 'waiting' where workspace_id = ${workspaceId}::uuid and scan = 'unreadable'`

const findingOf = (verdict: Found): string | null =>
  verdict.kind === 'infected' ? verdict.finding.slice(0, 200) : null
