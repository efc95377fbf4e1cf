import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Express, Request, Response } from 'express'
import type { Actor } from './actor.ts'
import { allow, type CallContext, type Outcome, perform, readAsked } from './calling.ts'
import { type Mask, maskTexts } from './mask.ts'
import type { RateLimiter } from './rate-limit.ts'
import type { Download, Flow, Route } from './route.ts'
import { isStored, sendStored } from './stored.ts'

export type HttpContext = CallContext & { rateLimiter: RateLimiter; mask: Mask }

/** Proves who calls. @throws DeskError unauthenticated, unknown_staff or addon_outdated */
export type Authenticate = (request: { header(name: string): string | undefined }) => Promise<Actor>

/** Puts every route on the app. Order of guards: address limit, identity, actor limit, caller, shape, idempotency key. */
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
  if (route.public) return send(ctx, request, response, await answerAnybody(ctx, route, request), route)
  const actor = await authenticate(request)
  await ctx.rateLimiter.count('actor', actor.id ?? actor.workspaceId)
  await ctx.rateLimiter.count('workspace', actor.workspaceId)
  await allow(ctx, endpoint, actor)
  const key = request.header('idempotency-key') ?? ''
  await send(ctx, request, response, await perform(ctx, route, { ...askedOf(request), key }, actor), route)
}

const askedOf = ({ path, params, query, body }: Request) => ({ path, params, query, body: body as unknown })

/** Who calls proves it by what is in the request, to the route itself. */
async function answerAnybody<C extends HttpContext>(ctx: C, route: Route<C>, request: Request): Promise<Outcome> {
  const call = { ...readAsked(route.endpoint, askedOf(request)), actor: null as unknown as Actor }
  const reply = await route.handle(ctx, { ...call, header: (name) => request.header(name) })
  return { status: route.endpoint.status, reply }
}

async function send<C extends HttpContext>(
  { mask }: C,
  request: Request,
  response: Response,
  { status, reply }: Outcome,
  { endpoint }: Route<C>,
): Promise<void> {
  if (isStored(reply)) return sendStored(request, response, reply)
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
