import { type Answer, type Call, jsonIn, type Route } from '../http/router.ts'
import { frozen, locked, notFound } from './answers.ts'
import { failing } from './failing.ts'
import { graphql, sessionIn } from './graphql-api.ts'
import type { Ground } from './ground.ts'
import { installationsOf } from './installations.ts'
import { grant } from './oauth/grants.ts'
import { install, showInstall } from './oauth/installing.ts'
import type { Shop } from './shop.ts'

/** What a shop's own host answers to apps. */
export function adminRoutes(ground: Ground): Route[] {
  const at = (method: string, path: string, run: (shop: Shop, call: Call) => Answer | Promise<Answer>): Route => ({
    method,
    pattern: `/:shop/admin/${path}`,
    run: (call) => run(shopIn(ground, call), call),
  })
  return [
    at('GET', 'oauth/authorize', (shop, call) => showInstall(ground, shop, call)),
    at('POST', 'oauth/authorize', (shop, call) => install(ground, shop, call)),
    at('POST', 'oauth/access_token', (shop, call) =>
      failing(ground, call, ground.faults.take(shop.domain, ['oauth.token']), () => grant(ground, shop, formIn(call))),
    ),
    at('POST', 'api/:version/graphql.json', (shop, call) => graphql(ground, shop, call)),
    at('DELETE', 'api_permissions/current.json', (shop, call) => {
      const { clientId } = sessionIn(ground, shop, call)
      installationsOf(ground).uninstall(shop.domain, clientId)
      return { json: {} }
    }),
  ]
}

/** The shop of a path; one that is frozen, locked or gone answers nothing else. */
export function shopIn(ground: Ground, call: Call): Shop {
  const shop = ground.shop(call.params['shop'] ?? '')
  if (!shop || shop.state.status === 'gone') throw notFound()
  if (shop.state.status === 'frozen') throw frozen()
  if (shop.state.status === 'locked') throw locked()
  return shop
}

function formIn(call: Call): Record<string, string> {
  if (call.headers['content-type']?.includes('json')) return (jsonIn(call.body) ?? {}) as Record<string, string>
  return Object.fromEntries(new URLSearchParams(call.body.toString('utf8')))
}
