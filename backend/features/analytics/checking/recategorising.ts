import { FigureQuestion, type FigureRow } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { startBulk } from '../../queues/index.ts'
import { categoriesIn } from '../../tickets/index.ts'
import { figureOf } from '../figures/asking.ts'
import { sharesBetween } from '../figures/shares.ts'

/** Which tickets get which category: those that began in the period and have the old one now, or none. */
export type Recategorisation = { was: string | null; category: string; from: string; to: string }

/** Figures of these weeks change, each with so many of its tickets. */
export type Preview = { tickets: number; weeks: readonly FigureRow[]; note: string | null }

/** One act is as large as a worker does within minutes. */
export const MOST_AT_ONCE = 10_000

/** @throws DeskError invalid_request for a category that there is not, or a period that cannot be */
export async function previewOf(ctx: Ctx, workspaceId: string, wish: Recategorisation): Promise<Preview> {
  await refuseUnknown(ctx, workspaceId, wish)
  const figure = await figureOf(ctx, workspaceId, questionOf(wish, 'week'))
  const weeks = figure.rows.filter(({ shares }) => shares > 0)
  return { tickets: figure.totals[0]?.shares ?? 0, weeks, note: figure.note }
}

/**
 * Lets the worker give them the new category, a few at a time; a ticket that somebody changed since stays as it is. It can be taken back
 * like every act on many tickets.
 * @returns the id of the act on many tickets
 * @throws DeskError invalid_request for none, too many, or a category that there is not
 */
export async function recategorise(ctx: Ctx, wish: Recategorisation, by: Actor): Promise<string> {
  const { workspaceId } = by
  await refuseUnknown(ctx, workspaceId, wish)
  const shares = await sharesBetween(ctx, workspaceId, questionOf(wish, 'none'), MOST_AT_ONCE + 1)
  const ticketIds = shares.flatMap(({ ticketId }) => (ticketId === null ? [] : [ticketId]))
  if (ticketIds.length > MOST_AT_ONCE)
    throw new DeskError(
      'invalid_request',
      `More than ${MOST_AT_ONCE.toLocaleString('en')} tickets fit. Choose a shorter period.`,
    )
  return inWorkspace(ctx, workspaceId, (tx) =>
    startBulk(tx, { on: { ticketIds }, wish: { kind: 'category', category: wish.category, was: wish.was } }, by),
  )
}

const questionOf = ({ was, from, to }: Recategorisation, interval: 'week' | 'none'): FigureQuestion =>
  FigureQuestion.parse({ metric: 'new-tickets', from, to, interval, category: [was ?? 'none'] })

async function refuseUnknown(ctx: Ctx, workspaceId: string, { was, category }: Recategorisation): Promise<void> {
  if (was === category)
    throw new DeskError('invalid_request', 'The tickets have this category already. Choose another one.')
  const all = await inWorkspace(ctx, workspaceId, categoriesIn, { reads: true })
  if (!all.some(({ id, retired }) => id === category && !retired))
    throw new DeskError('invalid_request', 'Tickets get a category that is in the list. Choose one of them.')
}
