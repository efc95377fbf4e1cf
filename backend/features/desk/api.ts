import type { z } from 'zod'
import type { Endpoint, Method } from '../../../shared/endpoint.ts'
import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { allow, perform } from '../../platform/calling.ts'
import { DeskError } from '../../platform/errors.ts'
import { paramsIn } from '../../platform/paths.ts'
import type { Route } from '../../platform/route.ts'

/** All routes of the API. A function, because the list of pages and the list of routes stand in one file. */
export type Routes = () => readonly Route<Ctx>[]

/** Somebody in front of a page who asks what a panel would ask: the same routes, and the same rules. */
export type Caller = { ctx: Ctx; routes: Routes; actor: StaffActor }

type Question = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

/**
 * Asks a call that writes nothing, as this person may.
 * @throws DeskError as the API would
 */
export async function ask<E extends Endpoint>(
  { ctx, routes, actor }: Caller,
  endpoint: E,
  { params = {}, query = {}, body }: Question,
): Promise<z.infer<E['reply']>> {
  const route = routes().find((one) => one.endpoint === endpoint)
  if (!route) throw new Error(`${endpoint.method} ${endpoint.path} is not served`)
  await allow(ctx, endpoint, actor)
  const { reply } = await perform(ctx, route, { path: endpoint.path, params, query, body, key: '' }, actor)
  return reply as z.infer<E['reply']>
}

/** A call as a button of a page names it. `path` with its query; `key`: Idempotency-Key of this press */
export type Sent = { method: Method; path: string; body: unknown; key: string }

/** Sends what a button says. @throws DeskError as the API would, or not_found for a path that it has not */
export async function send(
  { ctx, routes, actor }: Caller,
  { method, path, body, key }: Sent,
): Promise<{ endpoint: Endpoint; reply: unknown }> {
  const { pathname, searchParams } = new URL(path, NOWHERE)
  const found = routeTo(routes(), method, pathname)
  if (!found) throw new DeskError('not_found', 'The desk does not know this any more. Open the page again.')
  const { route, params } = found
  await allow(ctx, route.endpoint, actor)
  const asked = { path: pathname, params, query: Object.fromEntries(searchParams), body, key }
  return { endpoint: route.endpoint, reply: (await perform(ctx, route, asked, actor)).reply }
}

const NOWHERE = 'https://nowhere.invalid'

type Found = { route: Route<Ctx>; params: Record<string, string> }

/** The route that serves a path to somebody who is signed in. */
export function routeTo(routes: readonly Route<Ctx>[], method: Method, pathname: string): Found | null {
  for (const route of routes) {
    const params = !route.public && route.endpoint.method === method ? paramsIn(route.endpoint.path, pathname) : null
    if (params) return { route, params }
  }
  return null
}
