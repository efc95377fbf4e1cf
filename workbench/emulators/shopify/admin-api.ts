import { type Call, jsonIn, type Route } from '../http/router.ts'
import { frozen, locked, notFound } from './answers.ts'
import { graphql } from './graphql-api.ts'
import type { Ground } from './ground.ts'
import { grant } from './oauth/grants.ts'
import type { Shop } from './shop.ts'

/** What a shop's own host answers to apps. */
export function adminRoutes(ground: Ground): Route[] {
  return [
    {
      method: 'POST',
      pattern: '/:shop/admin/oauth/access_token',
      run: (call) => grant(ground, shopIn(ground, call), formIn(call)),
    },
    {
      method: 'POST',
      pattern: '/:shop/admin/api/:version/graphql.json',
      run: (call) => graphql(ground, shopIn(ground, call), call),
    },
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
