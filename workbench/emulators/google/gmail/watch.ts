import { invalid } from '../error.ts'
import { type GmailCall, type GmailMethod, strings } from './route.ts'
import { MAY } from './scopes.ts'

const SEVEN_DAYS = 7 * 24 * 3600 * 1000

export const watchMethods: GmailMethod[] = [
  { name: 'watch', verb: 'POST', path: 'watch', scopes: MAY.seeMetadata, run: watch },
  { name: 'stop', verb: 'POST', path: 'stop', scopes: MAY.seeMetadata, run: stop },
]

function watch({ ground, user, box, json }: GmailCall) {
  const body = json()
  const { topicName, labelFilterBehavior, labelFilterAction } = body
  if (typeof topicName !== 'string' || !/^projects\/[^/]+\/topics\/[^/]+$/.test(topicName))
    throw invalid('Invalid topicName does not match projects/*/topics/*')
  const exclude = [labelFilterBehavior, labelFilterAction].some((word) => word === 'exclude' || word === 'EXCLUDE')
  const expiration = ground.clock.now().getTime() + SEVEN_DAYS
  const watching = { topicName, labelIds: strings(body, 'labelIds'), exclude, expiration }
  ground.store.commit([{ t: 'watch', user: user.email, watch: watching }])
  return { historyId: String(box.history), expiration: String(expiration) }
}

function stop({ ground, user }: GmailCall) {
  ground.store.commit([{ t: 'unwatch', user: user.email }])
  return undefined
}
