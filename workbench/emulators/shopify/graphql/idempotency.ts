import { createHash } from 'node:crypto'
import { type GraphQLResolveInfo, getDirectiveValues } from 'graphql'
import type { Idempotence } from '../store/entries.ts'
import type { Gid } from '../store/records/ids.ts'
import { nodeOf } from './nodes.ts'
import { refusal, refused, userError } from './refusal.ts'
import type { Ctx } from './resource.ts'

/** Mutations that demand a key; the first two payloads have errors without codes. */
export const KEYED = new Set([
  'refundCreate',
  'inventoryActivate',
  'inventoryAdjustQuantities',
  'inventoryMoveQuantities',
  'inventorySetOnHandQuantities',
  'inventorySetQuantities',
  'inventoryShipmentAddItems',
  'inventoryShipmentCreate',
  'inventoryShipmentCreateInTransit',
  'inventoryShipmentReceive',
  'inventoryTransferCreate',
  'inventoryTransferCreateAsReadyToShip',
  'inventoryTransferDuplicate',
  'inventoryTransferSetItems',
  'locationActivate',
  'locationDeactivate',
])

const DAY = 24 * 3600_000

/**
 * Runs a keyed mutation once per key and day, whatever happens to its answers. A replay answers from what there is now;
 * other parameters under the same key are refused. A mutation that ended in user errors did nothing and keeps no key.
 */
export function onceFor(
  ctx: Ctx,
  info: GraphQLResolveInfo,
  args: Record<string, unknown>,
  run: () => unknown,
): unknown {
  const key = keyIn(info)
  if (key === undefined) return run()
  const { store } = ctx.shop.ground
  const name = `${ctx.shop.domain} ${ctx.app.clientId} ${key}`
  const hash = createHash('sha256')
    .update(`${info.fieldName} ${JSON.stringify(args)}`)
    .digest('hex')
  const now = ctx.shop.now().getTime()
  const before = store.state.idempotence.get(name)
  if (before && now - before.at < DAY) return before.hash === hash ? replay(ctx, before) : otherParameters()
  if (ctx.keyInUse) return inProgress()
  return store.together(() => {
    const answer = run() as Record<string, unknown>
    if (!hasErrors(answer)) store.commit([{ t: 'idempotent', name, at: now, hash, answer: kept(answer) }])
    return answer
  })
}

function keyIn({ fieldName, fieldNodes, schema, variableValues }: GraphQLResolveInfo): string | undefined {
  const directive = schema.getDirective('idempotent')
  const [field] = fieldNodes
  const given = directive && field && getDirectiveValues(directive, field, variableValues)
  if (!given && !KEYED.has(fieldName)) return undefined
  if (!given)
    throw refusal('BAD_REQUEST', 'The @idempotent directive is required for this mutation but was not provided.')
  if (!KEYED.has(fieldName))
    throw refusal('BAD_REQUEST', 'The @idempotent directive is not supported for this mutation.')
  const key = String(given['key'])
  if (key.trim() === '') throw refusal('BAD_REQUEST', 'The idempotency key cannot be blank.')
  return key
}

const hasErrors = (answer: Record<string, unknown>) =>
  Object.entries(answer).some(([name, value]) => name.endsWith('rrors') && Array.isArray(value) && value.length > 0)

/** Records are kept by id, everything else as it is. */
const kept = (answer: Record<string, unknown>): Idempotence['answer'] =>
  Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      const id = typeof value === 'object' && value !== null && 'id' in value ? (value.id as Gid) : undefined
      return [name, id === undefined ? { value } : { id }]
    }),
  )

const replay = (ctx: Ctx, { answer }: Idempotence) =>
  Object.fromEntries(
    Object.entries(answer).map(([name, part]) => [name, 'id' in part ? nodeOf(ctx, part.id) : part.value]),
  )

const otherParameters = () =>
  refused(
    userError(
      null,
      'The same idempotency key cannot be used with different operation parameters.',
      'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
    ),
  )

const inProgress = () =>
  refused(userError(null, 'This request is currently in progress, please try again.', 'IDEMPOTENCY_CONCURRENT_REQUEST'))
