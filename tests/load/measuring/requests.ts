import { execFile, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'

export type Post = { body: string; headers: Record<string, string> }

export type Order =
  | ({ urls: string[]; headers: Record<string, string> } & (
      | { mode: 'closed'; count: number }
      | { mode: 'open'; count: number; perSecond: number }
    ))
  | { mode: 'deliver'; url: string; posts: Post[]; perSecond: number; warmUp: number }

export type Answered = { times: number[]; failures: string[] }

const GENERATOR = fileURLToPath(new URL('generator.ts', import.meta.url))
const AUTOCANNON = fileURLToPath(import.meta.resolve('autocannon'))

/** Times in milliseconds of GET requests made by another process. @throws Error when any of them is refused */
export const ask = (order: Exclude<Order, { mode: 'deliver' }>): Promise<number[]> => timesOf(order, order.count)

/**
 * Times in milliseconds of POSTs that leave when they are due.
 * @param order.warmUp posts that are not counted: the asking process opens its connections and is compiled meanwhile
 * @throws Error when any of them is refused
 */
export const deliver = (order: { url: string; posts: Post[]; perSecond: number; warmUp: number }): Promise<number[]> =>
  timesOf({ ...order, mode: 'deliver' }, order.posts.length)

async function timesOf(order: Order, count: number): Promise<number[]> {
  const child = fork(GENERATOR, { stdio: 'inherit' })
  const answered = await new Promise<Answered>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Answered))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)))
    child.send(order)
  })
  if (answered.failures.length > 0)
    throw new Error(`${answered.failures.length} of ${count} requests failed: ${answered.failures[0]}`)
  return answered.times
}

const Load = z.object({
  '2xx': z.number(),
  non2xx: z.number(),
  errors: z.number(),
  timeouts: z.number(),
  duration: z.number(),
})

/** Requests a second that a server answers to this many connections at once. @throws Error when one fails */
export async function throughput(
  url: string,
  headers: Record<string, string>,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<number> {
  const heads = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`])
  const args = [AUTOCANNON, '-c', String(connections), '-d', String(seconds), '-j', '--no-progress', ...heads, url]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const load = Load.parse(JSON.parse(stdout))
  if (load.non2xx + load.errors + load.timeouts > 0)
    throw new Error(`The load test met ${load.non2xx} refusals and ${load.errors} errors`)
  return load['2xx'] / load.duration
}
