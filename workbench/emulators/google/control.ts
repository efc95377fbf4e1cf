import { z } from 'zod'
import { isLocal } from '../http/local.ts'
import { type Answer, type Call, jsonIn, type Route } from '../http/router.ts'
import { GoogleError, invalid, notFound } from './error.ts'
import type { Google } from './google.ts'

/** Steering over HTTP, for the host page and for people with curl; no real Google has these. */
export function controlRoutes(google: Google): Route[] {
  return [
    get('users', () => google.users.list().map(({ email, name, sub, hd }) => ({ email, name, sub, hd }))),
    get('customers', () => google.customers.list()),
    get('customers/:email', ({ params }) => google.customers.inbox(params.email ?? '')),
    post('customers/:email/mails', Writing, (body, { params }) =>
      google.customers.write({ ...body, from: params.email ?? '' }),
    ),
    post('customers/:email/replies', Reply, ({ text, ...options }, { params }) =>
      google.customers.reply(params.email ?? '', text, options),
    ),
    post('deliveries', Delivery, ({ raw, from, to, ...options }) =>
      google.deliver(Buffer.from(raw, 'base64'), { from, to }, options),
    ),
    post('faults', FaultBody, (fault) => void google.faults.add(fault)),
    { ...get('faults', () => google.faults.clear()), method: 'DELETE' },
    post('users/:email/revocation', Nothing, (_, { params }) => google.users.revoke(known(google, params.email))),
    post('users/:email/history-floor', Floor, ({ before }, { params }) =>
      google.users.forgetHistory(known(google, params.email), before),
    ),
    post('users/:email/access-token', Scopes, ({ scopes }, { params }) => ({
      token: google.users.accessToken(known(google, params.email), scopes),
    })),
    post('users/:email/identity-token', Audience, ({ aud }, { params }) => ({
      token: google.users.identityToken(known(google, params.email), aud),
    })),
    post('routing', Switch, ({ on }) => google.setRouting(on)),
    post('push', Target, ({ target }) => google.push.setTarget(target ?? undefined)),
    post('push/losses', Count, ({ count }) => google.push.lose(count)),
    get('push', () => google.push.counts()),
    get('quota/:email', ({ params }) => google.quota.of((params.email ?? '').toLowerCase())),
    post('settlement', Nothing, () => google.settle()),
  ]
}

const ROOT = '/_workbench'

const Arrival = {
  spam: z.boolean().exactOptional(),
  authentication: z.enum(['pass', 'fail', 'none']).exactOptional(),
  dmarcPolicy: z.enum(['none', 'quarantine', 'reject']).exactOptional(),
  at: z.coerce.date().exactOptional(),
}
const Nothing = z.object({})
const Writing = z.object({
  ...Arrival,
  name: z.string().exactOptional(),
  to: z.union([z.email(), z.array(z.email())]),
  cc: z.array(z.email()).exactOptional(),
  subject: z.string(),
  text: z.string(),
  html: z.string().exactOptional(),
  inReplyTo: z.string().exactOptional(),
})
const Reply = z.object({ ...Arrival, text: z.string() })
const Delivery = z.object({ ...Arrival, raw: z.base64(), from: z.string(), to: z.array(z.email()).min(1) })
const FaultBody = z.object({
  method: z.string(),
  kind: z.enum(['429', '403', '404', '500', '503', 'timeout', 'closed', 'lost-reply', 'stale', 'disordered']),
  times: z.int().positive().exactOptional(),
  every: z.int().positive().exactOptional(),
  user: z.email().exactOptional(),
  retryAfter: z.int().positive().exactOptional(),
})
const Floor = z.object({ before: z.string().regex(/^\d+$/).exactOptional() })
const Scopes = z.object({ scopes: z.array(z.string()).optional() })
const Audience = z.object({ aud: z.string() })
const Switch = z.object({ on: z.boolean() })
const Count = z.object({ count: z.int().positive() })
const Target = z.object({
  target: z
    .object({ url: z.url(), audience: z.string().exactOptional(), subscription: z.string().exactOptional() })
    .nullable(),
})

const get = (path: string, run: (call: Call) => unknown): Route => ({
  method: 'GET',
  pattern: `${ROOT}/${path}`,
  run: (call) => done(run(local(call))),
})

function post<T>(path: string, body: z.ZodType<T>, run: (body: T, call: Call) => unknown): Route {
  return {
    method: 'POST',
    pattern: `${ROOT}/${path}`,
    async run(call) {
      const parsed = body.safeParse(jsonIn(local(call).body))
      if (!parsed.success) throw invalid(z.prettifyError(parsed.error))
      return done(await run(parsed.data, call))
    },
  }
}

function local(call: Call): Call {
  if (!isLocal(call))
    throw new GoogleError(403, 'Only from this machine.', { reason: 'forbidden', status: 'PERMISSION_DENIED' })
  return call
}

const done = (json: unknown): Answer => ({ json: json ?? {} })

function known(google: Google, email = ''): string {
  if (!google.users.list().some((user) => user.email === email.toLowerCase()))
    throw notFound(`${email} is no user here.`)
  return email
}
