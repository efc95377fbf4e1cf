import type { Answer, Call, Route } from '../../http/router.ts'
import { notFound } from '../answers.ts'
import { failing } from '../failing.ts'
import type { Ground } from '../ground.ts'
import { hasResult, readResult, resultSize } from './files.ts'
import { isExpired } from './states.ts'

/** The addresses of result files; whoever knows one may read it, as with Shopify. */
export const bulkRoutes = (ground: Ground): Route[] => [
  { method: 'GET', pattern: '/:shop/bulk/:key', run: (call) => download(ground, call) },
]

function download(ground: Ground, call: Call): Answer | Promise<Answer> {
  const { params } = call
  const shop = ground.shop(params['shop'] ?? '')
  const key = (params['key'] ?? '').replace(/\.jsonl$/, '')
  const bulk = shop && [...shop.tables.bulkOperations.all()].find((one) => one.key === key)
  if (!shop || !bulk || !hasResult(key) || isExpired(shop, bulk)) throw notFound()
  const fault = ground.faults.take(shop.domain, ['bulk.download'])
  const size = resultSize(key)
  const headers = { 'content-type': 'application/jsonl', 'content-length': String(size) }
  if (fault === 'drop-after') return { headers: { ...headers, connection: 'close' }, stream: readResult(key, size / 2) }
  return failing(ground, call, fault, () => ({ headers, stream: readResult(key) }))
}
