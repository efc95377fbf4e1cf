import { z } from 'zod'
import { isLocal } from '../http/local.ts'
import { type Answer, type Call, jsonIn, type Route } from '../http/router.ts'
import { ShopifyRefusal } from './answers.ts'
import { FAULT_KINDS } from './faults.ts'
import type { Shopify } from './shopify.ts'

/** Steering over HTTP, for people with curl and for other processes; no real Shopify has these. */
export function controlRoutes(shopify: () => Shopify): Route[] {
  return [
    post('faults', FaultBody, (fault) => void shopify().faults.add(fault)),
    { ...get('faults', () => shopify().faults.clear()), method: 'DELETE' },
    get('calls', ({ query }) => shopify().faults.met(query.get('operation') ?? undefined)),
    get('webhooks', () => ({ counts: shopify().webhooks.counts(), deliveries: shopify().webhooks.deliveries() })),
    post('webhooks/hold', Nothing, () => shopify().webhooks.hold()),
    post('webhooks/release', Release, (how) => shopify().webhooks.release(how)),
    post('webhooks/delay', Milliseconds, ({ milliseconds }) => shopify().webhooks.delay(milliseconds)),
    post('webhooks/losses', Count, ({ count }) => shopify().webhooks.lose(count)),
    post('webhooks/doubles', Count, ({ count }) => shopify().webhooks.double(count)),
    post('clock', Milliseconds, ({ milliseconds }) => shopify().settings.setSkew(milliseconds)),
    post('bucket', Bucket, ({ size, restoreRate }) => shopify().settings.setBucket(size, restoreRate)),
    post('vanished', Field, ({ field }) => shopify().settings.vanish(field)),
    { ...get('vanished', () => shopify().settings.vanish()), method: 'DELETE' },
    post('shops/:shop/status', Status, ({ status }, { params }) =>
      shopify().settings.setStatus(domainIn(shopify(), params), status),
    ),
    post('shops/:shop/index-lag', Seconds, ({ seconds }, { params }) =>
      shopify().settings.setIndexLag(domainIn(shopify(), params), seconds),
    ),
    get('shops/:shop/effects', ({ params }) => shopify().shop(domainIn(shopify(), params)).ledger()),
    post('shops/:shop/apps/:app/access-token', Scopes, ({ scopes }, { params }) => ({
      token: shopify().apps.accessToken(domainIn(shopify(), params), params['app'] ?? '', scopes),
    })),
    post('shops/:shop/apps/:app/scopes', Scopes, ({ scopes }, { params }) =>
      shopify().apps.changeScopes(domainIn(shopify(), params), params['app'] ?? '', scopes),
    ),
    post('shops/:shop/apps/:app/installation', Nothing, (_, { params }) =>
      shopify().apps.install(domainIn(shopify(), params), params['app'] ?? ''),
    ),
    post('shops/:shop/apps/:app/uninstallation', Nothing, (_, { params }) =>
      shopify().apps.uninstall(domainIn(shopify(), params), params['app'] ?? ''),
    ),
    post('shops/:shop/apps/:app/revocation', Nothing, (_, { params }) =>
      shopify().apps.revokeTokens(domainIn(shopify(), params), params['app'] ?? ''),
    ),
    post('shops/:shop/apps/:app/expiry', Nothing, (_, { params }) =>
      shopify().apps.expireTokens(domainIn(shopify(), params), params['app'] ?? ''),
    ),
    post('shops/:shop/redaction', Nothing, (_, { params }) => shopify().apps.redactShop(domainIn(shopify(), params))),
    post('settlement', Nothing, () => shopify().settle()),
  ]
}

const ROOT = '/_workbench'

const Nothing = z.object({})
const FaultBody = z.object({
  operation: z.string(),
  kind: z.enum(FAULT_KINDS),
  times: z.int().positive().exactOptional(),
  shop: z.string().exactOptional(),
})
const Release = z.object({ reversed: z.boolean().exactOptional() })
const Milliseconds = z.object({ milliseconds: z.int() })
const Count = z.object({ count: z.int().positive() })
const Bucket = z.object({
  size: z.int().positive().nullable().optional(),
  restoreRate: z.number().positive().optional(),
})
const Field = z.object({ field: z.string().regex(/^\w+\.\w+$/) })
const Status = z.object({ status: z.enum(['open', 'frozen', 'locked', 'gone']) })
const Seconds = z.object({ seconds: z.number().min(0) })
const Scopes = z.object({ scopes: z.array(z.string()) })

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
      if (!parsed.success) throw new ShopifyRefusal(400, { errors: z.prettifyError(parsed.error) })
      return done(await run(parsed.data, call))
    },
  }
}

function local(call: Call): Call {
  if (!isLocal(call)) throw new ShopifyRefusal(403, { errors: 'Only from this machine.' })
  return call
}

const done = (json: unknown): Answer => ({ json: json ?? {} })

function domainIn(shopify: Shopify, { shop = '' }: Record<string, string>): string {
  if (!shopify.domains().includes(shop)) throw new ShopifyRefusal(404, { errors: `There is no shop ${shop}.` })
  return shop
}
