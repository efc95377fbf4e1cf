import type { SavedReply } from '../../../shared/drafts.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { savedReplyRemoved, savedReplyWritten } from './events.ts'

const MOST = 100

export const savedRepliesOf = (tx: Tx): Promise<SavedReply[]> =>
  tx.savedReply.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: MOST,
    select: { id: true, title: true, text: true },
  })

/** Creates or rewrites: the caller chooses the id, so that writing twice is writing once. Stored in the open, so without codes. */
export const write = (ctx: Ctx, id: string, wish: Omit<SavedReply, 'id'>, by: Actor): Promise<SavedReply> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const [title, text] = [maskCodes(wish.title), maskCodes(wish.text)]
    const where = { workspaceId_id: { workspaceId: by.workspaceId, id } }
    const known = await tx.savedReply.findUnique({ where, select: { id: true } })
    if (!known && (await tx.savedReply.count({ where: { workspaceId: by.workspaceId } })) >= MOST)
      throw new DeskError('invalid_request', `A workspace keeps at most ${MOST} saved replies. Remove one first.`)
    const saved = { title, text, updatedAt: tx.now }
    await tx.savedReply.upsert({ where, create: { ...saved, workspaceId: by.workspaceId, id }, update: saved })
    await record(tx, [savedReplyWritten({ savedReplyId: id, by })])
    return { id, title, text }
  })

export const remove = (ctx: Ctx, id: string, by: Actor): Promise<boolean> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { count } = await tx.savedReply.deleteMany({ where: { workspaceId: by.workspaceId, id } })
    if (count > 0) await record(tx, [savedReplyRemoved({ savedReplyId: id, by })])
    return count > 0
  })

/** Puts names where a saved reply says {agent} or {customer}; a name that is not known leaves its place to be filled by hand. */
export const fillIn = (text: string, names: { agent?: string; customer?: string }): string =>
  text.replace(/\{(agent|customer)\}/g, (place, who: 'agent' | 'customer') => names[who] ?? place)
