import { Agent, get } from 'node:http'
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
  let next = 0
  /** @param since when it was due: waiting for a busy server counts */
  const ask = async (since: number) => {
    const url = order.urls[next++ % order.urls.length] ?? ''
    try {
      await once(url, order.headers, agent)
      times.push(performance.now() - since)
    } catch (error) {
      failures.push(String(error))
    }
  }
  if (order.mode === 'closed') for (let count = 0; count < order.count; count++) await ask(performance.now())
  else await openLoop(order, ask)
  agent.destroy()
  return { times, failures }
}

/** Requests leave when they are due, whether or not earlier ones were answered. */
async function openLoop(
  { perSecond, count }: Order & { mode: 'open' },
  ask: (since: number) => Promise<void>,
): Promise<void> {
  const start = performance.now()
  const asked: Promise<void>[] = []
  for (let number = 0; number < count; number++) {
    const due = start + (number * 1_000) / perSecond
    if (due > performance.now()) await sleep(due - performance.now())
    asked.push(ask(due))
  }
  await Promise.all(asked)
}

const once = (url: string, headers: Record<string, string>, agent: Agent) =>
  new Promise<void>((resolve, reject) => {
    const request = get(url, { headers, agent, timeout: 10_000 }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
      )
    })
    request.once('error', reject)
    request.once('timeout', () => request.destroy(new Error('no answer for 10 s')))
  })
