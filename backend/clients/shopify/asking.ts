import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import type { Metrics } from '../../platform/metrics.ts'
import {
  ShopifyAccessLost,
  ShopifyRefused,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
  type UserError,
} from './failures.ts'
import { type Heard, send } from './library.ts'
import type { Operation } from './operations/operation.ts'
import { faultyAnswer, type GraphqlError, sortErrors, sortHeard } from './sorting.ts'
import { type Budget, Cost, type Lane } from './throttling.ts'

export type Call = { variables?: Record<string, unknown>; lane: Lane }

/** Sends one query: token, room in the bucket, time-out, one try, sorted failure, counted, parsed. */
export type Ask = <T extends z.ZodType>(operation: Operation, reply: T, call: Call) => Promise<z.output<T>>

/**
 * Sends one mutation. It is done when it has data and no user errors, also when a warning comes with it.
 * @param payload reads what the mutation's one field answers
 */
export type Tell = <T extends z.ZodType>(
  operation: Operation,
  payload: T,
  call: Call,
) => Promise<{ done: z.output<T>; warnings: string[] }>

export type Asking = {
  base: string | null
  domain: string
  token: (refused?: string) => Promise<string>
  budget: Budget
  clock: Clock
  metrics: Metrics
  timeoutMs: number | undefined
}

/** Milliseconds that one call may take, body included. An unknown end of a money act costs more than waiting. */
const PATIENCE: Record<Lane, number> = { money: 30_000, person: 10_000, background: 30_000 }

export function asker(asking: Asking): { ask: Ask; tell: Tell } {
  return {
    ask: (operation, reply, call) =>
      counted(asking, operation, async () => {
        const { data, errors, raised } = await exchange(asking, operation, call)
        if (errors.length > 0) throw raised
        return { value: readable(reply, data, operation), outcome: 'done' }
      }),
    tell: (operation, payload, call) =>
      counted(asking, operation, async () => {
        const { data, errors, raised } = await exchange(asking, operation, call)
        const answered = Object.values(data)[0] ?? null
        if (answered === null) throw raised ?? unread(operation, 'answered nothing')
        refuseUserErrors(answered)
        const warnings = errors.map(({ message }) => message)
        const done = readable(payload, answered, operation)
        return { value: { done, warnings }, outcome: warnings.length > 0 ? 'done_with_warning' : 'done' }
      }),
  }
}

type Exchanged = { data: Record<string, unknown>; errors: GraphqlError[]; raised: Error | null }

/** A refused token did nothing, so the same call goes out once more if there is a newer one. */
async function exchange(asking: Asking, operation: Operation, call: Call): Promise<Exchanged> {
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

async function sendOnce(
  asking: Asking,
  operation: Operation,
  { variables = {}, lane }: Call,
  token: string,
): Promise<Exchanged> {
  const giveBack = asking.budget.take(lane, operation.cost)
  let heard: Heard | null = null
  try {
    const answer = await send({
      base: asking.base,
      domain: asking.domain,
      token,
      document: operation.document,
      variables,
      timeoutMs: asking.timeoutMs ?? PATIENCE[lane],
      heard: (told) => {
        heard = told
      },
    })
    learn(asking.budget, (answer.extensions as { cost?: unknown } | undefined)?.cost)
    return { data: answer.data as Record<string, unknown>, errors: [], raised: null }
  } catch (error) {
    return sorted(asking, operation, error, heard)
  } finally {
    giveBack()
  }
}

function sorted({ budget, clock }: Asking, { kind }: Operation, error: unknown, heard: Heard | null): Exchanged {
  const isMutation = kind === 'mutation'
  const faulty = faultyAnswer(error)
  if (!faulty) throw paused(budget, sortHeard(heard, { isMutation, now: clock.now(), cause: error }))
  if (faulty.cost) budget.learn(faulty.cost)
  const raised = sortErrors(faulty, isMutation, error)
  if (!faulty.data) throw raised
  return { data: faulty.data, errors: faulty.errors, raised }
}

function paused(budget: Budget, failure: Error): Error {
  if (failure instanceof ShopifyThrottled) budget.pause(failure.retryAfter)
  return failure
}

function learn(budget: Budget, told: unknown): void {
  const cost = Cost.safeParse(told)
  if (cost.success) budget.learn(cost.data)
}

const UserErrors = z.array(
  z.object({
    field: z.array(z.string()).nullable().default(null),
    message: z.string(),
    code: z.string().nullable().default(null),
  }),
)

/** The list is `userErrors` with every mutation but orderCancel, which has `orderCancelUserErrors`. */
function refuseUserErrors(payload: unknown): void {
  const lists = Object.entries(payload as Record<string, unknown>).filter(([key]) => /userErrors$/i.test(key))
  const userErrors: UserError[] = lists.flatMap(([, list]) => UserErrors.parse(list))
  if (userErrors.length === 0) return
  const words = userErrors.map(({ message }) => message).join(' · ')
  throw new ShopifyRefused(`Shopify refused: ${words}`, { userErrors })
}

function readable<T extends z.ZodType>(schema: T, data: unknown, operation: Operation): z.output<T> {
  const read = schema.safeParse(data)
  if (read.success) return read.data
  throw unread(operation, read.error.issues[0]?.path.join('.') ?? 'the answer', read.error)
}

const unread = ({ name, kind }: Operation, what: string, cause?: unknown) =>
  new ShopifySchemaChanged(`${name}: ${what}`, { cause, mayHaveHappened: kind === 'mutation' })

async function counted<T>(
  { metrics }: Asking,
  { name }: Operation,
  work: () => Promise<{ value: T; outcome: string }>,
): Promise<T> {
  const count = (outcome: string) => metrics.outside.inc({ system: 'shopify', method: name, outcome })
  try {
    const { value, outcome } = await work()
    count(outcome)
    return value
  } catch (error) {
    count(outcomeOf(error))
    throw error
  }
}

function outcomeOf(error: unknown): string {
  if (error instanceof ShopifyThrottled) return 'throttled'
  if (error instanceof ShopifyUnavailable) return 'unavailable'
  if (error instanceof ShopifyAccessLost) return 'access_lost'
  return error instanceof ShopifySchemaChanged ? 'schema_changed' : 'refused'
}
