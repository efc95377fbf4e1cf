import { z } from 'zod'
import type { Metrics } from '../../platform/metrics.ts'
import {
  ShopifyAccessLost,
  ShopifyRefused,
  ShopifySchemaChanged,
  ShopifyThrottled,
  ShopifyUnavailable,
  type UserError,
} from './failures.ts'
import type { Operation } from './operations/operation.ts'
import { type Asking, type Call, exchange } from './sending.ts'
import { isInProgress, refuseHalfSearch } from './sorting.ts'

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

/**
 * How one shop is asked, and told what to do.
 * @throws ShopifyUnavailable, ShopifyThrottled, ShopifyAccessLost, ShopifyRefused, or ShopifySchemaChanged for an answer that we cannot read
 */
export function asker(asking: Asking): { ask: Ask; tell: Tell } {
  return {
    ask: (operation, reply, call) =>
      counted(asking.metrics, operation, async () => {
        const { data, failure, search } = await exchange(asking, operation, call)
        if (failure) throw failure // half an answer to a question is none
        refuseHalfSearch(search)
        return { value: readable(reply, data, operation), outcome: 'done' }
      }),
    tell: (operation, payload, call) =>
      counted(asking.metrics, operation, async () => {
        const { data, errors, failure } = await exchange(asking, operation, call)
        const answered = Object.values(data)[0] ?? null
        if (answered === null) throw failure ?? unread(operation, 'answered nothing')
        refuseUserErrors(answered)
        const warnings = errors.map(({ message }) => message)
        const done = readable(payload, answered, operation)
        return { value: { done, warnings }, outcome: warnings.length > 0 ? 'done_with_warning' : 'done' }
      }),
  }
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
  if (userErrors.some(isOpen))
    throw new ShopifyUnavailable('Shopify failed while it answered.', { mayHaveHappened: true })
  const words = userErrors.map(({ message }) => message).join(' · ')
  throw new ShopifyRefused(`Shopify refused: ${words}`, { userErrors })
}

/** Shopify does not say that nothing was done. */
const isOpen = (error: UserError) => error.code === 'INTERNAL_ERROR' || isInProgress(error)

function readable<T extends z.ZodType>(schema: T, data: unknown, operation: Operation): z.output<T> {
  const read = schema.safeParse(data)
  if (read.success) return read.data
  throw unread(operation, read.error.issues[0]?.path.join('.') ?? 'the answer', read.error)
}

const unread = ({ name, kind }: Operation, what: string, cause?: unknown) =>
  new ShopifySchemaChanged(`${name}: ${what}`, { cause, mayHaveHappened: kind === 'mutation' })

async function counted<T>(
  { outside }: Metrics,
  { name }: Operation,
  work: () => Promise<{ value: T; outcome: string }>,
): Promise<T> {
  const count = (outcome: string) => outside.inc({ system: 'shopify', method: name, outcome })
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
