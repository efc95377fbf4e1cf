import { SavedReply, type SavedReplyInput } from '../../../../shared/drafts.ts'
import type { Ctx } from '../../../context.ts'
import type { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { noteChange } from '../../settings/index.ts'
import { savedReplyRemoved, savedReplyWritten } from '../events.ts'
import { nameAtWork } from './people.ts'

const MOST = 100
const MOST_OWN = 50

const COLUMNS = {
  id: true,
  title: true,
  text: true,
  variants: true,
  acts: true,
  ownerId: true,
  usedCount: true,
} as const

type Row = Pick<Prisma.SavedReplyGetPayload<object>, keyof typeof COLUMNS>

const present = ({ ownerId, usedCount, ...row }: Row): SavedReply =>
  SavedReply.parse({ ...row, scope: ownerId === null ? 'workspace' : 'own', used: usedCount })

/** By title: the workspace's, then those of one person. */
export async function savedRepliesOf(tx: Tx, me: string | null): Promise<SavedReply[]> {
  const of = (ownerId: string | null, take: number) =>
    tx.savedReply.findMany({
      where: { workspaceId: tx.workspaceId, ownerId },
      orderBy: [{ title: 'asc' }, { id: 'asc' }],
      take,
      select: COLUMNS,
    })
  const rows = [...(await of(null, MOST)), ...(me === null ? [] : await of(me, MOST_OWN))]
  return rows.map(present)
}

/** @throws DeskError not_found, also for one that is somebody else's */
export async function savedReplyIn(tx: Tx, id: string, me: string | null): Promise<SavedReply> {
  const row = await rowIn(tx, id)
  if (!row || (row.ownerId !== null && row.ownerId !== me))
    throw new DeskError('not_found', 'This saved reply was removed. Choose another one.')
  return present(row)
}

/** Its text in a language; the first one where it has none. */
export const textIn = ({ text, variants }: Pick<SavedReply, 'text' | 'variants'>, language: string): string =>
  (variants as Record<string, string | undefined>)[language] ?? text

const rowIn = (tx: Tx, id: string): Promise<Row | null> =>
  tx.savedReply.findUnique({ where: { workspaceId_id: { workspaceId: tx.workspaceId, id } }, select: COLUMNS })

/** Creates or rewrites: the caller chooses the id, so that writing twice is writing once. Stored in the open, so without codes. */
export const write = (ctx: Ctx, id: string, wish: SavedReplyInput, by: Actor): Promise<SavedReply> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const known = await rowIn(tx, id)
    const ownerId = wish.scope === 'own' ? ownerOf(by) : null
    refuseForeign(known, by)
    refuseForeign({ ownerId }, by)
    await refuseLeaver(tx, wish.acts)
    if (!known || known.ownerId !== ownerId) await refuseTooMany(tx, ownerId)
    const saved = { ...masked(wish), ownerId, updatedAt: tx.now }
    const row = await tx.savedReply.upsert({
      where: { workspaceId_id: { workspaceId: by.workspaceId, id } },
      create: { ...saved, workspaceId: by.workspaceId, id },
      update: saved,
      select: COLUMNS,
    })
    const after = present(row)
    await noteShared(ctx, tx, { before: known && present(known), after }, by)
    await record(tx, [savedReplyWritten({ savedReplyId: id, by })])
    return after
  })

export const remove = (ctx: Ctx, id: string, by: Actor): Promise<boolean> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const known = await rowIn(tx, id)
    if (!known || (known.ownerId !== null && known.ownerId !== by.id)) return false
    refuseForeign(known, by)
    await tx.savedReply.deleteMany({ where: { workspaceId: by.workspaceId, id } })
    await noteShared(ctx, tx, { before: present(known), after: null }, by)
    await record(tx, [savedReplyRemoved({ savedReplyId: id, by })])
    return true
  })

const ownerOf = (by: Actor): string => {
  if (by.kind !== 'staff') throw new DeskError('forbidden', 'A saved reply of one’s own is for a person.')
  return by.id
}

/** Everybody's are for supervisors and admins to write; one's own are for oneself. */
function refuseForeign(saved: { ownerId: string | null } | null, by: Actor): void {
  if (saved === null) return
  const leads = by.kind === 'staff' && ['supervisor', 'admin'].includes(by.role)
  if (saved.ownerId === null && !leads)
    throw new DeskError(
      'forbidden',
      'Saved replies for everybody are written by supervisors and admins. Save it as your own.',
    )
  if (saved.ownerId !== null && saved.ownerId !== by.id)
    throw new DeskError('not_found', 'There is no such saved reply of yours.')
}

async function refuseLeaver(tx: Tx, { take, assigneeId }: SavedReplyInput['acts']): Promise<void> {
  if (assigneeId === undefined) return
  if (take) throw new DeskError('invalid_request', 'Give the ticket to whoever presses or to a person, not to both.')
  if ((await nameAtWork(tx, assigneeId)) === null)
    throw new DeskError('invalid_request', 'This person does not work on tickets any more. Choose somebody else.')
}

async function refuseTooMany(tx: Tx, ownerId: string | null): Promise<void> {
  const most = ownerId === null ? MOST : MOST_OWN
  const count = await tx.savedReply.count({ where: { workspaceId: tx.workspaceId, ownerId } })
  if (count < most) return
  const whose = ownerId === null ? 'A workspace keeps' : 'You keep'
  throw new DeskError('invalid_request', `${whose} at most ${most} saved replies. Remove one first.`)
}

const masked = ({ title, text, variants, acts }: SavedReplyInput) => ({
  title: maskCodes(title),
  text: maskCodes(text),
  variants: Object.fromEntries(Object.entries(variants).map(([language, words]) => [language, maskCodes(words)])),
  acts: { ...acts, ...(acts.category !== undefined && { category: maskCodes(acts.category) }) },
})

type Change = { before: SavedReply | null; after: SavedReply | null }

/** What is set for everybody is told among the changes of settings; how often it was used is no setting. */
async function noteShared(ctx: Ctx, tx: Tx, { before, after }: Change, by: Actor): Promise<void> {
  const shared = [before, after].map((saved) => (saved?.scope === 'workspace' ? { ...saved, used: undefined } : null))
  const isMacro = [before, after].some((saved) => saved !== null && Object.keys(saved.acts).length > 0)
  const [was, is] = shared
  const setting = isMacro ? 'macros' : 'saved_replies'
  await noteChange(tx, await ctx.keyring.box(tx), { setting, before: was ?? null, after: is ?? null, by })
}
