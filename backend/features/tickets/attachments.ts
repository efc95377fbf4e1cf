import type { FileScan } from '../../../shared/files.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Download, Stored } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { fileSettingsIn, isBlocked, mayBeShown, SCAN_WORDS, servedAs, serveFile } from '../files/index.ts'
import { maskCodes } from '../gift-cards/index.ts'

/** `name` is sealed, as base64; `scan` is null for files from before there was a scanner. */
export type AttachmentRow = { id: string; name: string; contentType: string; size: number; scan: FileScan | null }

/** SQL: what presenting needs of the attachments of message `m`. */
export const attachmentsSql = Prisma.sql`(select coalesce(json_agg(json_build_object('id', a.id, 'name', encode(a.name, 'base64'), 'contentType', a.content_type,
            'size', a.size, 'scan', f.scan) order by a.position), '[]')
            from desk.attachment a left join desk.stored_file f on f.workspace_id = a.workspace_id and f.id = a.file_id
            where a.workspace_id = m.workspace_id and a.message_id = m.id)`

/** What presenting needs of a transaction: whose rows they are, when, and what opens them. */
export type Opened = { workspaceId: string; now: Date; box: Box }

const LINK_MS = 10 * 60_000

export const presentAttachments = (ctx: Pick<Ctx, 'config' | 'signer'>, at: Opened, rows: readonly AttachmentRow[]) =>
  rows.map(({ id, name, contentType, size, scan: told }) => {
    const scan = told ?? 'unscanned'
    return {
      id,
      contentType,
      size,
      name: at.box.openText('attachment.name', id, Buffer.from(name, 'base64')),
      url: linkTo(ctx, at, id),
      scan,
      scanWords: SCAN_WORDS[scan],
      blocked: isBlocked(scan),
    }
  })

function linkTo({ config, signer }: Pick<Ctx, 'config' | 'signer'>, at: Opened, id: string): string {
  const expires = at.now.getTime() + LINK_MS
  const signature = signer.mac('attachment', `${at.workspaceId}/${id}/${expires}`)
  return `${config.http.publicUrl}/v1/attachments/${id}?${new URLSearchParams({ workspace: at.workspaceId, expires: String(expires), signature })}`
}

/** @throws DeskError forbidden for a link that ended or was changed, and for a file that is blocked */
export async function download(
  ctx: Ctx,
  id: string,
  link: { workspace: string; expires: number; signature: string },
): Promise<Download | Stored> {
  const { workspace, expires, signature } = link
  const good =
    ctx.signer.verify('attachment', `${workspace}/${id}/${expires}`, signature) && expires > ctx.clock.now().getTime()
  if (!good) throw new DeskError('forbidden', 'This link has ended. Open the ticket again for a new one.')
  const { row, box, openUnscanned } = await inWorkspace(ctx, workspace, (tx) => sealedAttachment(ctx, tx, id), {
    reads: true,
  })
  const name = maskCodes(box.openText('attachment.name', id, row.name))
  if (row.file) {
    const { scan, ...file } = row.file
    return serveFile(ctx, workspace, box, { file: { ...file, scan: scan as FileScan }, name, openUnscanned })
  }
  if (row.objectKey === null) throw new Error('An attachment names neither a file nor an object')
  const bytes = box.open('attachment', id, await ctx.objects.get(row.objectKey))
  return { bytes, name, contentType: mayBeShown(row.contentType) ? servedAs(row.contentType) : servedAs('') }
}

async function sealedAttachment(ctx: Ctx, tx: Tx, id: string) {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const file = { select: { id: true, size: true, contentType: true, scan: true } }
  const row = await tx.attachment.findUnique({ where, include: { file } })
  if (!row) throw new DeskError('not_found', 'This attachment is not kept any more.')
  const { openUnscanned } = await fileSettingsIn(tx)
  return { row, box: await ctx.keyring.box(tx), openUnscanned }
}
