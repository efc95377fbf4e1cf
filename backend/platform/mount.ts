import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Express, Request, Response } from 'express'
import { z } from 'zod'
import type { StaffRole } from '../../shared/roles.ts'
import type { Actor } from './actor.ts'
import { DeskError } from './errors.ts'
import { event, record } from './events.ts'
import { paramsSchema, parse } from './http.ts'
import { AlreadyClaimed, type Claim, newClaim, remember, remembered } from './idempotency.ts'
import type { Keyring } from './keyring.ts'
import { type Mask, maskTexts } from './mask.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Download, Flow, Route } from './route.ts'
import { inWorkspace, type TenancyContext } from './tenancy.ts'

export type HttpContext = TenancyContext & { keyring: Keyring; rateLimiter: RateLimiter; mask: Mask }

/** Proves who calls. @throws DeskError unauthenticated, unknown_staff or addon_outdated */
export type Authenticate = (request: { header(name: string): string | undefined }) => Promise<Actor>

/** Someone known was refused; kept because refusals are what an audit looks for. */
export const accessRefused = event('access.refused', z.object({ endpoint: z.string(), role: z.string() }))

/** Puts every route on the app. Order of guards: address limit, identity, caller, actor limit, shape, idempotency key. */
export function mountRoutes<C extends HttpContext>(
  app: Express,
  ctx: C,
  routes: readonly Route<C>[],
  authenticate: Authenticate,
): void {
  for (const route of routes) {
    const { method, path } = route.endpoint
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete'
    app[verb](path, (request, response) => answer(ctx, route, authenticate, request, response))
  }
}

async function answer<C extends HttpContext>(
  ctx: C,
  route: Route<C>,
  authenticate: Authenticate,
  request: Request,
  response: Response,
): Promise<void> {
  const { endpoint } = route
  response.locals.endpoint = `${endpoint.method} ${endpoint.path}`
  response.setHeader('Cache-Control', 'no-store')
  await ctx.rateLimiter.count('address', request.ip ?? 'unknown')
  const actor = route.public ? null : await admit(ctx, route, await authenticate(request))
  const call = {
    params: parse(paramsSchema(endpoint.path), request.params, 'path'),
    query: parse(endpoint.query, endpoint.query instanceof z.ZodUndefined ? undefined : request.query, 'query'),
    body: parse(endpoint.body, endpoint.body instanceof z.ZodUndefined ? undefined : (request.body ?? {}), 'body'),
    actor: actor as Actor,
    header: (name: string) => request.header(name),
  }
  if (actor === null)
    return send(ctx, response, { status: endpoint.status, reply: await route.handle(ctx, call) }, route)
  const claim = endpoint.write ? claimOf(request, actor, call.body) : null
  const outcome = claim
    ? await once(ctx, route, call, claim)
    : { status: endpoint.status, reply: await route.handle(ctx, call) }
  await send(ctx, response, outcome, route)
}

/** @throws DeskError forbidden, after recording it */
async function admit<C extends HttpContext>(ctx: C, { endpoint }: Route<C>, actor: Actor): Promise<Actor> {
  await ctx.rateLimiter.count('actor', actor.id ?? actor.workspaceId)
  await ctx.rateLimiter.count('workspace', actor.workspaceId)
  if (isAllowed(endpoint.callers, actor)) return actor
  const role = actor.kind === 'staff' ? actor.role : actor.kind
  const facts = { endpoint: `${endpoint.method} ${endpoint.path}`, role, by: actor }
  await inWorkspace(ctx, actor.workspaceId, (tx) => record(tx, [accessRefused(facts)]))
  throw new DeskError('forbidden', `Your role (${role}) may not do this. Ask an admin of your workspace.`)
}

function isAllowed(callers: readonly string[], actor: Actor): boolean {
  if (actor.kind === 'staff') return callers.includes(actor.role satisfies StaffRole)
  if (actor.kind === 'key') return actor.scopes.some((scope) => callers.includes(scope))
  return callers.includes(actor.kind)
}

function claimOf(request: Request, actor: Actor, body: unknown): Claim {
  const key = request.header('idempotency-key') ?? ''
  if (key.length < 8 || key.length > 200)
    throw new DeskError(
      'idempotency_key_missing',
      'A write needs an Idempotency-Key header of 8 to 200 characters, new for each intended write.',
    )
  if (actor.id === null) throw new Error('Only people and keys call the API')
  return newClaim(actor.id, key, { method: request.method, path: request.path, body })
}

type Outcome = { status: number; reply: unknown }

/** Runs a write once for its key, whatever arrives twice, also at the same moment. */
async function once<C extends HttpContext>(
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
async function earlierAnswer(ctx: HttpContext, workspaceId: string, claim: Claim): Promise<Outcome | null> {
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

async function send<C extends HttpContext>(
  { mask }: C,
  response: Response,
  { status, reply }: Outcome,
  { endpoint }: Route<C>,
): Promise<void> {
  if (isFlow(reply)) return sendFlow(response.status(status), reply)
  if (isDownload(reply)) {
    nameDownload(response, reply)
    response.status(status).send(reply.bytes)
  } else {
    const parsed = endpoint.reply.parse(reply)
    response.status(status).json(endpoint.reveals ? parsed : maskTexts(mask, parsed))
  }
}

/** Sends the pieces of a download as fast as its reader takes them. One that fails on the way is cut off, so that nobody takes it for whole. */
export async function sendFlow(response: Response, flow: Flow): Promise<void> {
  nameDownload(response, flow)
  try {
    await pipeline(Readable.from(flow.pieces, { highWaterMark: 1 }), response)
  } catch (error) {
    if (!hasLeft(error)) throw error
  }
}

function nameDownload(response: Response, { contentType, name }: Pick<Download, 'contentType' | 'name'>): void {
  response.setHeader('Content-Type', contentType)
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
}

const hasLeft = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'

const isFlow = (reply: unknown): reply is Flow => typeof reply === 'object' && reply !== null && 'pieces' in reply

const isDownload = (reply: unknown): reply is Download =>
  typeof reply === 'object' && reply !== null && 'bytes' in reply && Buffer.isBuffer(reply.bytes)
