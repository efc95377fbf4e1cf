import type { FileScan } from '../../../shared/files.ts'
import { ObjectMissing, objectKey } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { FRAMES_HEADER, stretchOf } from '../../platform/frames.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Stored } from '../../platform/route.ts'
import { mayBeShown, servedAs } from './content-type.ts'
import { isBlocked, SCAN_WORDS } from './scan-words.ts'

export type ServedFile = { id: string; size: number; contentType: string; scan: FileScan }

/**
 * A kept file, to be read from anywhere in it.
 * @param openUnscanned whether one that waits for the scanner may be opened
 * @throws DeskError forbidden for what is blocked, not_found for what is gone
 */
export async function serveFile(
  ctx: Ctx,
  workspaceId: string,
  box: Box,
  { file, name, openUnscanned }: { file: ServedFile; name: string; openUnscanned: boolean },
): Promise<Stored> {
  const { id, size, contentType, scan } = file
  if (isBlocked(scan)) throw new DeskError('forbidden', `This file is ${SCAN_WORDS[scan]}.`)
  if ((scan === 'waiting' || scan === 'unreadable') && !openUnscanned)
    throw new DeskError('forbidden', 'This file is not scanned yet. It can be opened as soon as it is.')
  const read = await openFile(ctx, workspaceId, box, { id, size })
  return { size, contentType: servedAs(contentType), name, shown: mayBeShown(contentType), tag: id, read }
}

/** Reads the head of a sealed file, so that one that is not there is known before anything is sent. */
export async function openFile(
  ctx: Pick<Ctx, 'objects'>,
  workspaceId: string,
  box: Box,
  { id, size }: { id: string; size: number },
): Promise<Stored['read']> {
  const key = objectKey(workspaceId, id)
  const parts: Buffer[] = []
  try {
    for await (const part of ctx.objects.read(key, 0, FRAMES_HEADER)) parts.push(part)
  } catch (error) {
    if (!(error instanceof ObjectMissing)) throw error
    throw new DeskError('not_found', 'The bytes of this file are not in the store any more.', { cause: error })
  }
  const header = Buffer.concat(parts)
  return (from, to) => {
    const stretch = stretchOf(from, to)
    const sealed = ctx.objects.read(key, stretch.sealedFrom, stretch.sealedTo)
    return box.openStretch('stored_file', id, { header, sealed, stretch, size })
  }
}
