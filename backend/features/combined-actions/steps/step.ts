import { z } from 'zod'
import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { Money } from '../../../../shared/money.ts'
import {
  type OrderStanding,
  ShopifyAccessLost,
  ShopifyRefused,
  ShopifySchemaChanged,
  type ShopifyShop,
  ShopifyUnavailable,
} from '../../../clients/shopify/index.ts'
import type { Ctx } from '../../../context.ts'
import type { Effect, Entry, NotYet } from '../../../platform/journal.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { openShop } from '../../shops/index.ts'
import { type RequestOf, StepRequest } from '../plan.ts'
import { OrderMoved, refuseMoved } from './comparing.ts'
import { type DoneStep, finished, left, refused } from './ending.ts'
import type { StepResult } from './results.ts'

/** What is journaled of a step: what it belongs to, and exactly what is sent. */
export const StepEntry = z.object({
  actionId: z.uuid(),
  stepId: z.uuid(),
  shopId: z.uuid(),
  /** Shopify's id of the order that the action is about. */
  orderId: z.string(),
  send: StepRequest,
})
export type StepEntry = z.infer<typeof StepEntry>

export type Asked<K extends StepKind> = {
  ctx: Ctx
  api: ShopifyShop
  send: RequestOf<K>
  entry: Entry<StepEntry>
}

/** What is written on the row of a step that is done. */
export type Said = {
  /** The thing in Shopify that it became. */
  source?: string
  /** What really moved. */
  moved?: { shop: Money; presentment: Money }
  /** It is done, and still not all is well. */
  problem?: string | null
}

export type Settling<K extends StepKind, R> = {
  tx: Tx
  box: Box
  step: DoneStep
  send: RequestOf<K>
  result: R
}

export type StepDefinition<K extends StepKind, R extends StepResult> = {
  kind: K
  result: z.ZodType<R>
  /** Whether the order is read once more right before it, and nothing is sent when somebody else has changed it. */
  comparesFirst: boolean
  /** @param order how it stands, where it was read first: after a restore from a backup our own work may be on it already */
  run(asked: Asked<K>, order: OrderStanding | null): Promise<R | NotYet>
  find(asked: Asked<K>): Promise<R | NotYet | null>
  says(result: R): Said
  /** What a person may do about a refusal. */
  advice(error: ShopifyRefused): string
  also?(settling: Settling<K, R>): Promise<void>
  /** What follows from a refusal beside the step's own state. */
  unless?(tx: Tx, send: RequestOf<K>): Promise<void>
}

/**
 * Longer than the longest attempt: a look at the order and one act, 30 s each at most. A killed worker's step goes on when it is over.
 */
const LEASE_MS = 100_000

export const entryKind = (kind: StepKind): string => `shopify.${kind}`

/** The effect of a step in a shop: opened, compared, sent, and written on the rows of its action. */
export function stepEffect<K extends StepKind, R extends StepResult>(
  step: StepDefinition<K, R>,
): Effect<StepEntry, R, Ctx> {
  const { kind } = step
  const asked = async (ctx: Ctx, entry: Entry<StepEntry>): Promise<Asked<K>> => {
    const { api } = await openShop(ctx, entry.workspaceId, entry.request.shopId)
    return { ctx, api, send: sendOf(kind, entry.request), entry }
  }
  return {
    kind: entryKind(kind),
    request: StepEntry,
    result: step.result,
    leaseMs: LEASE_MS,
    async run(ctx, entry) {
      const what = await asked(ctx, entry)
      return step.run(what, step.comparesFirst ? await refuseMoved(ctx, what.api, entry) : null)
    },
    find: async (ctx, entry) => step.find(await asked(ctx, entry)),
    refusal: (error) =>
      error instanceof ShopifyRefused ? maskCodes(`${sentence(error.message)} ${step.advice(error)}`) : null,
    nothingDone,
    async refused(tx, entry, words, ctx) {
      await step.unless?.(tx, sendOf(kind, entry.request))
      await refused(ctx, tx, entry, { kind, words })
    },
    leftOpen: left,
    async settle(ctx, tx, entry, result) {
      const { step: row, box } = await finished(ctx, tx, entry, { kind, result, said: step.says(result) })
      await step.also?.({ tx, box, step: row, send: sendOf(kind, entry.request), result })
    },
  }
}

function sendOf<K extends StepKind>(kind: K, { send }: StepEntry): RequestOf<K> {
  if (send.kind !== kind) throw new Error(`A step ${kind} was journaled as ${send.kind}`)
  return send as RequestOf<K>
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

/** Shopify was not asked, or says itself that it did nothing (failures.ts). */
function nothingDone(error: unknown): boolean {
  if (error instanceof ShopifyUnavailable || error instanceof ShopifySchemaChanged) return !error.mayHaveHappened
  return error instanceof ShopifyAccessLost || error instanceof OrderMoved
}
