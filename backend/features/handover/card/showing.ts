import type { HandedOver } from '../../../../shared/handover.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { saidOf, workCardFor, workOf } from '../../workforce/index.ts'
import { handOver } from '../handing/handing-over.ts'
import { doneWords, refusedWords } from '../handing/said.ts'
import { typedWish } from '../handing/typed.ts'
import { handOverAndLeave, leave } from '../leaving.ts'
import { sceneOf } from '../open/scene.ts'
import { handoverCard, NOBODY, type Shown } from './handover-card.ts'

type Fields = PanelFields['fields']

const NOTHING: Pick<Shown, 'problems' | 'typed' | 'say'> = {
  problems: [],
  typed: { to: NOBODY, word: '', keep: [] },
  say: null,
}

export const showHandover = (
  ctx: Ctx,
  me: StaffActor,
  leaving: boolean,
  shown: Partial<Shown> = {},
): Promise<PanelCard> =>
  inWorkspace(
    ctx,
    me.workspaceId,
    async (tx) => handoverCard({ ...NOTHING, ...shown, ...(await sceneOf(tx, me.id)), leaving }),
    { reads: true },
  )

/** What is refused is shown again, with what was typed. */
export async function pressHandover(
  ctx: Ctx,
  me: StaffActor,
  { leaving, seen, fields }: { leaving: boolean; seen: readonly number[]; fields: Fields },
): Promise<PanelCard> {
  const typed = { to: fields['to']?.[0] ?? NOBODY, word: fields['word']?.[0] ?? '', keep: fields['keep'] ?? [] }
  try {
    const ticketIds = await handedOf(ctx, me, { seen, keep: typed.keep })
    const wish = typedWish({ ticketIds, toId: typed.to === NOBODY ? '' : typed.to, word: typed.word })
    const handed = await (leaving ? handOverAndLeave : handOver)(ctx, wish, me)
    return leaving ? workCard(ctx, me, handed) : showHandover(ctx, me, leaving, saidBy(handed))
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return showHandover(ctx, me, leaving, { problems: [error.message], typed })
  }
}

const saidBy = (handed: HandedOver) => ({ problems: refusedWords(handed), say: doneWords(handed) })

/**
 * What the card showed, but for what stays. A client sends neither boxes without a tick nor ticked ones that nobody touched, so the boxes
 * are empty at first: then both mean that nothing stays.
 */
async function handedOf(
  ctx: Ctx,
  me: StaffActor,
  { seen, keep }: { seen: readonly number[]; keep: readonly string[] },
) {
  const where = { workspaceId: me.workspaceId, number: { in: [...seen] }, id: { notIn: [...keep] } }
  const handed = await inWorkspace(ctx, me.workspaceId, (tx) => tx.ticket.findMany({ where, select: { id: true } }), {
    reads: true,
  })
  if (handed.length === 0)
    throw new DeskError('invalid_request', 'You keep everything. Leave the box of one ticket empty at least.')
  return handed.map(({ id }) => id)
}

/** Logged out, unless something is open and they did not say to go all the same. */
export async function pressLeaving(ctx: Ctx, me: StaffActor, anyway: boolean): Promise<PanelCard> {
  const gone = await leave(ctx, me, { anyway })
  if (gone === null) return showHandover(ctx, me, true)
  const work = await workNow(ctx, me)
  return workCardFor(ctx, me, work, saidOf('log_out', { ...work, ...gone }))
}

async function workCard(ctx: Ctx, me: StaffActor, handed: HandedOver): Promise<PanelCard> {
  const said = [doneWords(handed), ...refusedWords(handed), 'You are logged out']
  return workCardFor(ctx, me, await workNow(ctx, me), said.join('. '))
}

const workNow = (ctx: Ctx, me: StaffActor) =>
  inWorkspace(ctx, me.workspaceId, (tx) => workOf(tx, me.id), { reads: true })
