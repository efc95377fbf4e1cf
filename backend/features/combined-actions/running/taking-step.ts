import {
  ShopifyAccessLost,
  ShopifyRefused,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
} from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type AskedToAct, type Effect, type Permission, perform } from '../../../platform/journal.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { permitOutside } from '../../settings/index.ts'
import { noteShopTrouble } from '../../shops/index.ts'
import { keepContent, openActionContent } from '../content.ts'
import type { Problem } from '../events.ts'
import { lockAction } from '../locking.ts'
import { park } from '../parking.ts'
import { OrderMoved } from '../steps/comparing.ts'
import type { StepEntry } from '../steps/step.ts'
import { STEPS } from '../steps/steps.ts'
import type { At, LiveStep } from './looking.ts'
import { pauseAfter } from './pauses.ts'

/** Seconds after which to come again; 0 to go on at once; never when whoever changes something wakes the action. */
export type Seconds = number | 'never'

/** One attempt at a step. Its end is on its rows when this answers. */
export async function takeStep(ctx: Ctx, at: At, step: LiveStep): Promise<Seconds> {
  const entryId = step.entryId ?? fail(step)
  const effect = STEPS[step.kind] as Effect<StepEntry, unknown, Ctx>
  const { workspaceId } = at
  try {
    const { state, seconds } = await perform(ctx, effect, { workspaceId, entryId }, (tx, asked) =>
      mayDo(ctx, tx, { step, asked }),
    )
    return ENDED.has(state) ? 0 : (seconds ?? pauseAfter(1))
  } catch (error) {
    return afterFailure(ctx, at, { entryId, error })
  }
}

const ENDED: ReadonlySet<string> = new Set(['done', 'refused', 'needs_person'])

function fail(step: LiveStep): never {
  throw new Error(`Step ${step.id} has no journal entry`)
}

/** The action went another way while we came. */
class NotDue extends DeskError {
  override name = 'NotDue'

  constructor() {
    super('already_done', 'This step is not to be done any more.')
  }
}

/**
 * Asked while the attempt is written down, with the action held: from here on nobody takes it back, or they did before.
 * @throws NotDue
 */
async function mayDo(ctx: Ctx, tx: Tx, { step, asked }: { step: LiveStep; asked: AskedToAct }): Promise<Permission> {
  const taken = await tx.$executeRaw`
    with held as materialized (
      select id, state from desk.combined_action where workspace_id = ${tx.workspaceId}::uuid and id = ${step.actionId}::uuid for update)
    update desk.action_step s set state = 'running' from held
    where s.workspace_id = ${tx.workspaceId}::uuid and s.id = ${step.id}::uuid and s.entry_id = ${step.entryId}::uuid
      and s.state in ('planned', 'running', 'waiting', 'unknown')
      and (held.state = 'running' or (s.kind = 'hold' and held.state in ('waiting_approval', 'undoable'))
        or (s.kind in ('hold', 'release') and held.state in ('undone', 'declined', 'stopped')))`
  if (taken === 0) throw new NotDue()
  return permitOutside(ctx)(tx, asked)
}

type Failed = { entryId: string; error: unknown }

async function afterFailure(ctx: Ctx, at: At, { entryId, error }: Failed): Promise<Seconds> {
  if (error instanceof OrderMoved) return parkMoved(ctx, at, error)
  if (error instanceof ShopifyThrottled) return error.retryAfter
  if (error instanceof ShopifyUnavailable) return error.retryAfter ?? pauseAfter(await attemptsOf(ctx, at, entryId))
  if (error instanceof ShopifyAccessLost) return parkShut(ctx, at, error)
  if (error instanceof ShopifySchemaChanged) return parkWith(ctx, at, 'desk_outdated', error.message)
  if (error instanceof ShopifyRefused) return parkWith(ctx, at, 'unclear', error.message)
  if (!(error instanceof DeskError)) throw error
  if (error instanceof NotDue || error.code === 'effects_paused') return 'never' // the minute's tick takes it up when they go on
  if (error.code === 'in_progress') return (error.retryAfter ?? pauseAfter(1)) + 1
  if (error.code === 'not_found') return parkWith(ctx, at, 'shop_access', error.message)
  if (error.retryAfter !== undefined) return error.retryAfter
  throw error
}

const attemptsOf = (ctx: Ctx, { workspaceId }: At, id: string): Promise<number> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const where = { workspaceId_id: { workspaceId, id } }
      return (await tx.journalEntry.findUniqueOrThrow({ where, select: { attempt: true } })).attempt
    },
    { reads: true },
  )

async function parkWith(ctx: Ctx, { workspaceId, actionId }: At, problem: Problem, words: string): Promise<'never'> {
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const action = await lockAction(tx, actionId)
    await park(tx, await ctx.keyring.box(tx), action, { problem, words })
  })
  return 'never'
}

async function parkShut(ctx: Ctx, at: At, error: ShopifyAccessLost): Promise<'never'> {
  const { shopId } = await inWorkspace(
    ctx,
    at.workspaceId,
    (tx) =>
      tx.combinedAction.findUniqueOrThrow({
        where: { workspaceId_id: { workspaceId: at.workspaceId, id: at.actionId } },
        select: { shopId: true },
      }),
    { reads: true },
  )
  await noteShopTrouble(ctx, at.workspaceId, shopId, error)
  return parkWith(ctx, at, 'shop_access', `${error.message} Then go on here.`)
}

/** Whoever resumes it accepts exactly what was seen now. */
async function parkMoved(ctx: Ctx, { workspaceId, actionId }: At, { message, seen }: OrderMoved): Promise<'never'> {
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const action = await lockAction(tx, actionId)
    const box = await ctx.keyring.box(tx)
    await keepContent(tx, box, actionId, { ...openActionContent(box, actionId, action.content), seen })
    const words = `${message} Nothing more was done. Look at the order, then go on, review this again, or end it.`
    await park(tx, box, action, { problem: 'moved', words })
  })
  return 'never'
}
