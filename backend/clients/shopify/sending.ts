import type { Clock } from '../../platform/clock.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { ShopifyAccessLost, ShopifyThrottled } from './failures.ts'
import { type Heard, send } from './library.ts'
import type { Operation } from './operations/operation.ts'
import { faultyAnswer, type GraphqlError, sortErrors, sortHeard } from './sorting.ts'
import { type Budget, Cost, type Lane } from './throttling.ts'

export type Asking = {
  base: string | null
  domain: string
  token: (refused?: string) => Promise<string>
  budget: Budget
  clock: Clock
  metrics: Metrics
  timeoutMs: number | undefined
}

export type Call = { variables?: Record<string, unknown>; lane: Lane }

/** Data, and what was wrong beside it: `failure` is what the errors mean when the data is not enough. */
export type Exchanged = {
  data: Record<string, unknown>
  errors: GraphqlError[]
  failure: Error | null
  /** `extensions.search`: what Shopify did not understand of a search. */
  search: unknown
}

/** Milliseconds that one call may take, body included. An unknown end of a money act costs more than waiting. */
const PATIENCE: Record<Lane, number> = { money: 30_000, person: 10_000, background: 30_000 }

/**
 * One call and its answer. A refused token did nothing, so the call goes out once more if there is a newer one.
 * @throws those of failures.ts when there is no data
 */
export async function exchange(asking: Asking, operation: Operation, call: Call): Promise<Exchanged> {
  const token = await asking.token()
  try {
    return await sendOnce(asking, operation, call, token)
  } catch (error) {
    if (!isRefusedToken(error)) throw error
    const newer = await asking.token(token)
    if (newer === token) throw error
    return sendOnce(asking, operation, call, newer)
  }
}

const isRefusedToken = (error: unknown) =>
  error instanceof ShopifyAccessLost && (error.problem === 'token_revoked' || error.problem === 'token_expired')

async function sendOnce(asking: Asking, operation: Operation, call: Call, token: string): Promise<Exchanged> {
  const { base, domain, budget, timeoutMs } = asking
  const { variables = {}, lane } = call
  const giveBack = budget.take(lane, operation)
  let answered: Heard | null = null
  const heard = (told: Heard) => {
    answered = told
  }
  try {
    const { document } = operation
    const patience = timeoutMs ?? PATIENCE[lane]
    const answer = await send({ base, domain, token, document, variables, timeoutMs: patience, heard })
    const extensions = answer.extensions as { cost?: unknown; search?: unknown } | undefined
    const cost = Cost.safeParse(extensions?.cost)
    if (cost.success) budget.learn(cost.data, operation)
    return { data: answer.data as Record<string, unknown>, errors: [], failure: null, search: extensions?.search }
  } catch (error) {
    return sorted(asking, operation, error, answered)
  } finally {
    giveBack()
  }
}

function sorted({ budget, clock }: Asking, operation: Operation, cause: unknown, heard: Heard | null): Exchanged {
  const isMutation = operation.kind === 'mutation'
  const faulty = faultyAnswer(cause)
  if (!faulty) {
    const failure = sortHeard(heard, { isMutation, now: clock.now(), cause })
    if (failure instanceof ShopifyThrottled) budget.pause(failure.retryAfter)
    throw failure
  }
  if (faulty.cost) budget.learn(faulty.cost, operation)
  const failure = sortErrors(faulty, isMutation, cause)
  if (!faulty.data) throw failure
  return { data: faulty.data, errors: faulty.errors, failure, search: undefined }
}
