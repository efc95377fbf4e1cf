import type { Ctx } from '../../../context.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { bookSteps } from '../booking.ts'
import { differenceOf } from './comparing.ts'
import { addDifferences, type Difference } from './differences.ts'
import type { Effect } from './effects.ts'
import { keyOf, knownSteps, withBooks } from './known.ts'
import type { Reading } from './reading.ts'
import { reissuedDifferences } from './reissued.ts'
import { holdRun, keepRun, markSeen, type Run } from './rows.ts'

/** Compares one page, and writes down what it found together with where to go on: a page counts once, whatever breaks. */
export const comparePage = (
  ctx: Ctx,
  workspaceId: string,
  run: Run,
  { effects, reissued, stage, page }: Reading,
): Promise<Run> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    await holdRun(tx, run)
    const box = await ctx.keyring.box(tx)
    const { seen, found: ofActions } = await compare(tx, box, effects)
    const found = [...ofActions, ...(await reissuedDifferences(tx, reissued))]
    await addDifferences(tx, box, run, found)
    await markSeen(tx, run, seen)
    return keepRun(tx, run, { stage, page, differences: run.differences + found.length })
  })

async function compare(tx: Tx, box: Box, effects: readonly Effect[]): Promise<{ seen: string[]; found: Difference[] }> {
  const known = await knownSteps(tx, effects)
  await bookSteps(
    tx,
    box,
    [...known.values()].map(({ stepId }) => stepId),
  )
  const seen: string[] = []
  const found: Difference[] = []
  for (const effect of effects) {
    const row = known.get(keyOf(effect))
    const step = row ? await withBooks(tx, box, row, effect) : null
    if (step && (effect.source === null || effect.source === step.source)) seen.push(step.stepId)
    const difference = differenceOf(effect, step, tx.now)
    if (difference) found.push({ ...difference, orderId: step?.orderId ?? null })
  }
  return { seen, found }
}
