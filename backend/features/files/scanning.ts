import { z } from 'zod'
import { ScannerAway, type Verdict } from '../../clients/scanner/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { systemOf } from '../../platform/actor.ts'
import { event, record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { openFile } from './serving.ts'

/** What was found is told by the file; the record holds no names. */
export const fileBlocked = event('file.blocked', z.object({ fileId: z.uuid() }))

/** Files read and scanned between two looks at the list. */
const AT_ONCE = 20

type Waiting = { id: string; size: number; scan: string; createdAt: Date }

/**
 * Has the scanner look at what waits, newest mail before what was kept while there was no scanner. When the scanner is away all stays as
 * it is, and the next attempt goes on.
 * @throws ScannerAway
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
  const read = await openFile(ctx, workspaceId, box, file)
  const verdict = await ctx.scanner?.scan(read(0, file.size))
  if (!verdict) throw new ScannerAway('There is no scanner any more.')
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const scanned = await tx.$executeRaw`
      update desk.stored_file set scan = ${verdict.kind}, finding = ${findingOf(verdict)}, scanned_at = ${tx.now}
      where workspace_id = ${workspaceId}::uuid and id = ${file.id}::uuid and scan in ('waiting', 'unscanned')`
    if (scanned === 1 && verdict.kind === 'infected')
      await record(tx, [fileBlocked({ fileId: file.id, by: systemOf(workspaceId) })])
  })
  ctx.metrics.outside.inc({ system: 'clamd', method: 'INSTREAM', outcome: verdict.kind })
}

const findingOf = (verdict: Verdict): string | null =>
  verdict.kind === 'infected' ? verdict.finding.slice(0, 200) : null
