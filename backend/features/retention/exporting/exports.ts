import type { CustomerExport } from '../../../../shared/retention.ts'
import { objectKey } from '../../../clients/objects/index.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { FRAMES_HEADER, stretchOf } from '../../../platform/frames.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Stored } from '../../../platform/route.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { lockCustomer } from '../../customers/index.ts'
import { customerExportAsked, customerExportTaken } from '../events.ts'
import { PART, removeParts } from './parts.ts'

export const MAKE = { name: 'retention:export', maxAttempts: 5 }

const LINK_MS = 10 * 60_000

/** Has a file made of all that is kept of a customer. Asking is on the record as a sensitive reading. */
export const askForExport = (ctx: Ctx, customerId: string, by: Actor): Promise<CustomerExport> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    if (by.kind !== 'staff') throw new DeskError('forbidden', 'Only a person can do this.')
    await lockCustomer(tx, customerId)
    const id = newId(tx.now)
    const { workspaceId, now } = tx
    await tx.customerExport.create({
      data: { workspaceId, id, customerId, state: 'waiting', byId: by.id, askedAt: now },
    })
    await record(tx, [customerExportAsked({ customerId, exportId: id, by })])
    await enqueue(tx, MAKE, { exportId: id })
    return present(ctx, tx, await rowOf(tx, id))
  })

export const exportIn = async (ctx: Ctx, tx: Tx, id: string): Promise<CustomerExport> =>
  present(ctx, tx, await rowOf(tx, id))

async function rowOf(tx: Tx, id: string) {
  const row = await tx.customerExport.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!row) throw new DeskError('not_found', 'There is no such export in your workspace.')
  return row
}

type Row = Awaited<ReturnType<typeof rowOf>>

function present(
  ctx: Ctx,
  { workspaceId, now }: Tx,
  { id, customerId, state, askedAt, endsAt, size }: Row,
): CustomerExport {
  const isReady = state === 'ready' && endsAt !== null && endsAt > now
  return {
    id,
    customerId,
    state: state === 'ready' && !isReady ? 'gone' : (state as CustomerExport['state']),
    askedAt: askedAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    size: size === null ? null : Number(size),
    url: isReady ? linkTo(ctx, workspaceId, id, now) : null,
  }
}

const signed = (workspaceId: string, id: string, expires: number) => `${workspaceId}/${id}/${expires}`

function linkTo({ config, signer }: Ctx, workspaceId: string, id: string, now: Date): string {
  const expires = now.getTime() + LINK_MS
  const signature = signer.mac('customer-export', signed(workspaceId, id, expires), 32)
  const query = new URLSearchParams({ workspace: workspaceId, expires: String(expires), signature })
  return `${config.http.publicUrl}/v1/customer-exports/${id}/file?${query}`
}

type Link = { workspace: string; expires: number; signature: string }

/** @throws DeskError forbidden for a link that ended or was changed, not_found for a file that is gone */
export async function takeExport(ctx: Ctx, id: string, { workspace, expires, signature }: Link): Promise<Stored> {
  const isGood = ctx.signer.verify('customer-export', signed(workspace, id, expires), signature, 32)
  if (!isGood || expires <= ctx.clock.now().getTime())
    throw new DeskError('forbidden', 'This link has ended. Open the export again for a new one.')
  const { size, partId, box } = await inWorkspace(ctx, workspace, async (tx) => {
    const row = await rowOf(tx, id)
    const part = await tx.customerExportPart.findFirst({ where: { workspaceId: workspace, exportId: id } })
    if (row.state !== 'ready' || !part || row.size === null || !row.endsAt || row.endsAt <= tx.now)
      throw new DeskError('not_found', 'This export is not kept any more. Have it made again.')
    const by = { kind: 'unknown', id: null } as const // whoever holds the link
    await record(tx, [customerExportTaken({ customerId: row.customerId, exportId: id, by })])
    return { size: Number(row.size), partId: part.id, box: await ctx.keyring.box(tx) }
  })
  const key = objectKey(workspace, partId)
  const head: Buffer[] = []
  for await (const piece of ctx.objects.read(key, 0, FRAMES_HEADER)) head.push(piece)
  const header = Buffer.concat(head)
  return {
    size,
    contentType: 'application/zip',
    name: `customer-${id.slice(-8)}.zip`,
    shown: false,
    tag: partId,
    read(from, to) {
      const stretch = stretchOf(from, to)
      const sealed = ctx.objects.read(key, stretch.sealedFrom, stretch.sealedTo)
      return box.openStretch(PART, partId, { header, sealed, stretch, size })
    },
  }
}

/** Whoever waits longer for a file is told that it failed: its job was given up, and asking anew is what helps. */
const MAKING_MS = 24 * 3_600_000

/** Files of exports whose hours are over, and exports that nobody makes any more. */
export const forgetOldExports = (ctx: Ctx, workspaceId: string): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const askedAt = { lt: new Date(tx.now.getTime() - MAKING_MS) }
    await tx.customerExport.updateMany({ where: { workspaceId, state: 'waiting', askedAt }, data: { state: 'failed' } })
    const where = { workspaceId, state: 'ready', endsAt: { lt: tx.now } }
    const old = await tx.customerExport.findMany({ where, select: { id: true }, take: 500 })
    if (old.length > 0)
      await removeParts(
        tx,
        old.map(({ id }) => id),
      )
  })
