import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Download } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'

/** `name` is sealed, as base64. */
export type AttachmentRow = { id: string; name: string; contentType: string; size: number }

/** What presenting needs of a transaction: whose rows they are, when, and what opens them. */
export type Opened = { workspaceId: string; now: Date; box: Box }

const LINK_MS = 10 * 60_000

/** Types that a browser may be told; anything else is served as bytes to save. */
const SAFE_TYPE = /^(image\/(png|jpeg|gif|webp)|application\/pdf|text\/plain|text\/csv|text\/calendar)$/

export const presentAttachments = (ctx: Pick<Ctx, 'config' | 'signer'>, at: Opened, rows: readonly AttachmentRow[]) =>
  rows.map(({ id, name, contentType, size }) => ({
    id,
    contentType,
    size,
    name: at.box.openText('attachment.name', id, Buffer.from(name, 'base64')),
    url: linkTo(ctx, at, id),
  }))

function linkTo({ config, signer }: Pick<Ctx, 'config' | 'signer'>, at: Opened, id: string): string {
  const expires = at.now.getTime() + LINK_MS
  const signature = signer.mac('attachment', `${at.workspaceId}/${id}/${expires}`)
  return `${config.http.publicUrl}/v1/attachments/${id}?${new URLSearchParams({ workspace: at.workspaceId, expires: String(expires), signature })}`
}

/** @throws DeskError forbidden for a link that ended or was changed */
export async function download(
  ctx: Ctx,
  id: string,
  link: { workspace: string; expires: number; signature: string },
): Promise<Download> {
  const { workspace, expires, signature } = link
  const good =
    ctx.signer.verify('attachment', `${workspace}/${id}/${expires}`, signature) && expires > ctx.clock.now().getTime()
  if (!good) throw new DeskError('forbidden', 'This link has ended. Open the ticket again for a new one.')
  const { row, box } = await inWorkspace(ctx, workspace, (tx) => sealedAttachment(ctx, tx, id), { reads: true })
  const bytes = box.open('attachment', id, await ctx.objects.get(row.objectKey))
  const name = maskCodes(box.openText('attachment.name', id, row.name))
  return { bytes, name, contentType: SAFE_TYPE.test(row.contentType) ? row.contentType : 'application/octet-stream' }
}

async function sealedAttachment(ctx: Ctx, tx: Tx, id: string) {
  const row = await tx.attachment.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } } })
  if (!row) throw new DeskError('not_found', 'This attachment is not kept any more.')
  return { row, box: await ctx.keyring.box(tx) }
}
