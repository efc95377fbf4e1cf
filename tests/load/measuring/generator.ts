import { Agent, request as send } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answered, Order } from './requests.ts'

/** Runs as a process of its own, so that asking costs the server's process nothing. Takes an order, answers with times. */
process.once('message', (order: Order) => {
  void run(order).then((answered) => process.send?.(answered, () => process.disconnect()))
})

async function run(order: Order): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: 100 })
  const times: number[] = []
  const failures: string[] = []
  const warmUp = order.mode === 'deliver' ? order.warmUp : 0
  let next = 0
  /** @param since when it was due: waiting for a busy server counts */
  const ask = async (since: number) => {
    const number = next++
    try {
      await once(requestOf(order, number), agent)
      if (number >= warmUp) times.push(performance.now() - since)
    } catch (error) {
      failures.push(String(error))
    }
  }
  if (order.mode === 'closed') for (let count = 0; count < order.count; count++) await ask(performance.now())
  else if (order.mode === 'open') await openLoop(order, ask)
  else await openLoop({ perSecond: order.perSecond, count: order.posts.length }, ask)
  agent.destroy()
  return { times, failures }
}

/** Requests leave when they are due, whether or not earlier ones were answered. */
async function openLoop(
  { perSecond, count }: { perSecond: number; count: number },
  ask: (since: number) => Promise<void>,
): Promise<void> {
  const start = performance.now()
  const asked: Promise<void>[] = []
  for (let number = 0; number < count; number++) {
    const due = start + (number * 1_000) / perSecond
    const early = due - performance.now()
    if (early > 0) await sleep(early)
    asked.push(ask(due))
  }
  await Promise.all(asked)
}

type Sent = { url: string; headers: Record<string, string>; body: string | null }

function requestOf(order: Order, number: number): Sent {
  if (order.mode !== 'deliver')
    return { url: order.urls[number % order.urls.length] ?? '', headers: order.headers, body: null }
  const post = order.posts[number]
  if (!post) throw new Error('There are no more posts')
  return { url: order.url, ...post }
}

const once = ({ url, headers, body }: Sent, agent: Agent) =>
  new Promise<void>((resolve, reject) => {
    const method = body === null ? 'GET' : 'POST'
    const request = send(url, { method, headers, agent, timeout: 10_000 }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
      )
    })
    request.once('error', reject)
    request.once('timeout', () => request.destroy(new Error('no answer for 10 s')))
    request.end(body ?? undefined)
  })
