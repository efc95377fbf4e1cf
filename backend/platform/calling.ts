import { z } from 'zod'
import type { Endpoint } from '../../shared/endpoint.ts'
import type { StaffRole } from '../../shared/roles.ts'
import type { Actor } from './actor.ts'
import { DeskError } from './errors.ts'
import { event, record } from './events.ts'
import { paramsSchema, parse } from './http.ts'
import { AlreadyClaimed, type Claim, newClaim, remember, remembered } from './idempotency.ts'
import type { Keyring } from './keyring.ts'
import type { Route } from './route.ts'
import { inWorkspace, type TenancyContext } from './tenancy.ts'

/** What a known caller may do through any door: a request of the API, or a form of one of our pages. */
export type CallContext = TenancyContext & { keyring: Keyring }

/** What is asked of a route as it came in. `path` as it was asked for, without its query; `key`: the Idempotency-Key, which only writes need */
export type Asked = { path: string; params: unknown; query: unknown; body: unknown; key: string }

export type Outcome = { status: number; reply: unknown }

/** Someone known was refused; kept because refusals are what an audit looks for. */
export const accessRefused = event('access.refused', z.object({ endpoint: z.string(), role: z.string() }))

/** Deny by default: a caller whom the endpoint does not name. @throws DeskError forbidden, after recording it */
export async function allow(ctx: CallContext, { method, path, callers }: Endpoint, actor: Actor): Promise<void> {
  if (isAllowed(callers, actor)) return
  const role = actor.kind === 'staff' ? actor.role : actor.kind
  const facts = { endpoint: `${method} ${path}`, role, by: actor }
  await inWorkspace(ctx, actor.workspaceId, (tx) => record(tx, [accessRefused(facts)]))
  throw new DeskError('forbidden', `Your role (${role}) may not do this. Ask an admin of your workspace.`)
}

function isAllowed(callers: readonly string[], actor: Actor): boolean {
  if (actor.kind === 'staff') return callers.includes(actor.role satisfies StaffRole)
  if (actor.kind === 'key') return actor.scopes.some((scope) => callers.includes(scope))
  return callers.includes(actor.kind)
}

/** What an endpoint makes of what came in. @throws DeskError invalid_request */
export const readAsked = ({ path, query, body }: Endpoint, asked: Omit<Asked, 'key'>) => ({
  params: parse(paramsSchema(path), asked.params, 'path'),
  query: parse(query, query instanceof z.ZodUndefined ? undefined : asked.query, 'query'),
  body: parse(body, body instanceof z.ZodUndefined ? undefined : (asked.body ?? {}), 'body'),
})

/** Does what a caller asks who is allowed to; a write once for its key, whatever arrives twice, also at the same moment. */
export async function perform<C extends CallContext>(
  ctx: C,
  route: Route<C>,
  asked: Asked,
  actor: Actor,
): Promise<Outcome> {
  const { endpoint } = route
  const call = { ...readAsked(endpoint, asked), actor, header: () => undefined }
  if (!endpoint.write) return { status: endpoint.status, reply: await route.handle(ctx, call) }
  return once(ctx, route, call, claimOf(endpoint, asked, { actor, body: call.body }))
}

function claimOf({ method }: Endpoint, { path, key }: Asked, { actor, body }: { actor: Actor; body: unknown }): Claim {
  if (key.length < 8 || key.length > 200)
    throw new DeskError(
      'idempotency_key_missing',
      'A write needs an Idempotency-Key header of 8 to 200 characters, new for each intended write.',
    )
  if (actor.id === null) throw new Error('Only people and keys call the API')
  return newClaim(actor.id, key, { method, path, body })
}

async function once<C extends CallContext>(
  ctx: C,
  route: Route<C>,
  call: Parameters<Route<C>['handle']>[1],
  claim: Claim,
): Promise<Outcome> {
  const { workspaceId } = call.actor
  const earlier = await earlierAnswer(ctx, workspaceId, claim)
  if (earlier) return earlier
  try {
    const reply = route.endpoint.reply.parse(await route.handle({ ...ctx, claim }, call))
    const { status } = route.endpoint
    if (claim.taken)
      await inWorkspace(ctx, workspaceId, async (tx) => remember(tx, await ctx.keyring.box(tx), claim, status, reply))
    return { status, reply }
  } catch (error) {
    const twin = error instanceof AlreadyClaimed ? await earlierAnswer(ctx, workspaceId, claim) : null
    if (!twin) throw error
    return twin
  }
}

const LOOKS = 40
const LOOK_MS = 50

/**
 * The answer that the same request got before. A twin that has just committed stores its answer a moment later.
 * @throws DeskError already_done when the write happened and its answer was lost with its process
 */
async function earlierAnswer(ctx: CallContext, workspaceId: string, claim: Claim): Promise<Outcome | null> {
  for (let look = 0; look < LOOKS; look++) {
    const found = await inWorkspace(ctx, workspaceId, async (tx) => remembered(tx, await ctx.keyring.box(tx), claim), {
      reads: true,
    })
    if (found !== 'unanswered') return found
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new DeskError(
    'already_done',
    'This was already done; its answer is not available any more. Load the newest state.',
  )
}
