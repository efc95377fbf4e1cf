import { randomInt } from 'node:crypto'
import type { Ground } from '../ground.ts'
import { identityToken } from '../oauth/identity.ts'

export interface PushTarget {
  url: string
  /** The `aud` of the bearer token; the URL when left out, as with Pub/Sub. */
  audience?: string
  subscription?: string
  serviceAccount?: string
}

export interface Notice {
  email: string
  history: number
  id: string
  publishTime: string
  tried: boolean
}

/** One delivery in Pub/Sub's envelope; true when the endpoint took it. */
export async function post(ground: Ground, target: PushTarget, notice: Notice, signal: AbortSignal): Promise<boolean> {
  const data = Buffer.from(JSON.stringify({ emailAddress: notice.email, historyId: notice.history })).toString('base64')
  const message = {
    data,
    messageId: notice.id,
    message_id: notice.id,
    publishTime: notice.publishTime,
    publish_time: notice.publishTime,
  }
  const subscription = target.subscription ?? 'projects/workbench/subscriptions/gmail-push'
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${pushToken(ground, target)}` },
      body: JSON.stringify({ message, subscription }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false // refused, unreachable or too slow: all mean "not acknowledged"
  }
}

function pushToken(
  { key, clock }: Ground,
  { url, audience = url, serviceAccount = 'gmail-push@workbench.iam.gserviceaccount.com' }: PushTarget,
) {
  return identityToken(
    key,
    { email: serviceAccount, sub: '110000000000000000001', aud: audience, extra: { azp: '110000000000000000001' } },
    clock,
  )
}

export const messageNumber = () => `${randomInt(1, 2 ** 40)}${randomInt(1000, 9999)}`
