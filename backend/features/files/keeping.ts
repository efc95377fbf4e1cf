import { createHash } from 'node:crypto'
import type { FileScan, FileSettings } from '../../../shared/files.ts'
import { objectKey } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { askWorkspace } from '../../platform/asking.ts'
import { newId } from '../../platform/ids.ts'
import type { Box } from '../../platform/keyring.ts'
import { HEAD_BYTES, typeOf } from './content-type.ts'

/** Bytes that are on disk, sealed; a row names them when the mail is filed. */
export type KeptFile = {
  id: string
  hash: string
  size: number
  contentType: string
  scan: FileScan
  /** They were written for this mail; else a file that was here before has the same content. */
  fresh: boolean
}

/** Why a file of a mail is not kept by itself; the stored mail has it all the same. */
export type LeftOut = 'file_too_large' | 'mail_too_large' | 'too_many'

export type FileKeeper = {
  /** Takes one file of the mail, as it comes. Reads no further than it must. */
  take(declaredType: string, content: AsyncIterable<Uint8Array>): Promise<KeptFile | LeftOut>
  /** Takes away what was written: the mail is not filed. */
  discard(): Promise<void>
}

/** The files of one mail, within the limits of its workspace. Outside any transaction. */
export function fileKeeper(ctx: Ctx, workspaceId: string, box: Box, limits: FileSettings): FileKeeper {
  const written: string[] = []
  let count = 0
  let bytes = 0
  return {
    async take(declaredType, content) {
      if (count >= limits.filesPerMail) return 'too_many'
      const left = limits.mailBytes - bytes
      const kept = await keep(ctx, workspaceId, box, { declaredType, content, limit: Math.min(limits.fileBytes, left) })
      if (kept === null) return left < limits.fileBytes ? 'mail_too_large' : 'file_too_large'
      count++
      bytes += kept.size
      if (kept.fresh) written.push(kept.id)
      return kept
    },
    async discard() {
      for (const id of written.splice(0)) await ctx.objects.remove(objectKey(workspaceId, id))
    },
  }
}

type Incoming = { declaredType: string; content: AsyncIterable<Uint8Array>; limit: number }

/** @returns null when there is more of it than the limit */
async function keep(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  { declaredType, content, limit }: Incoming,
): Promise<KeptFile | null> {
  const id = newId(ctx.clock.now())
  const writer = await ctx.objects.write(objectKey(workspaceId, id))
  try {
    const sealer = box.sealer('stored_file', id)
    const digest = createHash('sha256')
    const head: Uint8Array[] = []
    let size = 0
    for await (const part of content) {
      if (size < HEAD_BYTES) head.push(Buffer.from(part.subarray(0, HEAD_BYTES - size)))
      size += part.length
      if (size > limit) {
        await writer.abort()
        return null
      }
      digest.update(part)
      await writer.write(sealer.add(part))
    }
    const hash = ctx.signer.mac('file', `${workspaceId}/${digest.digest('base64url')}`, 32)
    const known = await knownFile(ctx, workspaceId, hash)
    if (known) {
      await writer.abort()
      return { ...known, hash, fresh: false }
    }
    await writer.write(sealer.end())
    await writer.finish()
    const contentType = await typeOf(Buffer.concat(head), declaredType)
    return { id, hash, size, contentType, scan: ctx.scanner ? 'waiting' : 'unscanned', fresh: true }
  } catch (error) {
    await writer.abort()
    throw error
  }
}

/** In one trip: every attachment asks, so that no file is waited for on the disk that is there already. */
async function knownFile(
  ctx: Ctx,
  workspaceId: string,
  hash: string,
): Promise<Omit<KeptFile, 'hash' | 'fresh'> | undefined> {
  const [known] = await askWorkspace<Omit<KeptFile, 'hash' | 'fresh'>>(
    ctx,
    workspaceId,
    knownFileSql(workspaceId, hash),
  )
  return known
}

/** Exported so that a test can look at its plan. */
export const knownFileSql = (workspaceId: string, hash: string): Prisma.Sql => Prisma.sql`
  select id::text, size, content_type as "contentType", scan from desk.stored_file
  where workspace_id = ${workspaceId}::uuid and hash = ${hash}`
