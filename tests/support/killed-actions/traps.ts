import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Where a worker dies: when its call is on the way, when Shopify has done what it asks and has not answered, or when the answer is on
 * its way back.
 */
export const MOMENTS = ['arriving', 'done', 'answered'] as const
export type Moment = (typeof MOMENTS)[number]

/** @param about what a call says that is meant, for example an id */
export type Trap = { operation: string; moment: Moment; about: readonly string[] }

/** Milliseconds in which calls that are caught wait for each other: one death then meets several actions, each at its own moment. */
const TOGETHER_MS = 250

/** Stands between the worker and Shopify, and kills the worker where a trap was laid: each one once. */
export async function startTraps(target: () => string, kill: () => Promise<void>) {
  const laid = new Set<Trap>()
  const met: Trap[] = []
  const caught = (body: string) => {
    const operation = /(?:query|mutation) (\w+)/.exec(body)?.[1]
    const trap = [...laid].find((one) => one.operation === operation && one.about.some((word) => body.includes(word)))
    if (trap) {
      laid.delete(trap)
      met.push(trap)
    }
    return trap?.moment
  }
  let waiting: Promise<void> | undefined
  const others = () => {
    waiting ??= pause(TOGETHER_MS).then(() => {
      waiting = undefined
    })
    return waiting
  }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const moment = caught(body)
    const answer = moment === 'arriving' ? null : await passedOn(target(), request, body)
    if (moment !== undefined) await others()
    if (moment === undefined || moment === 'answered') give(response, answer)
    if (moment === undefined) return
    await kill()
    request.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lay: (trap: Trap) => void laid.add(trap),
    /** What has not been stepped on is taken away. */
    clear: () => laid.clear(),
    met: (): readonly Trap[] => met,
    close() {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const PASSED = ['content-type', 'x-shopify-access-token', 'accept']

type Answer = { status: number; type: string; body: string }

/** What Shopify answers; null when the connection broke on the far side, as a fault of the emulator breaks it. */
async function passedOn(target: string, request: IncomingMessage, body: string): Promise<Answer | null> {
  const headers = new Headers()
  for (const name of PASSED) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  const method = request.method ?? 'GET'
  try {
    const answer = await fetch(`${target}${request.url}`, {
      method,
      headers,
      ...(body && { body }),
      redirect: 'manual',
    })
    const type = answer.headers.get('content-type') ?? 'text/plain'
    return { status: answer.status, type, body: await answer.text() }
  } catch {
    return null
  }
}

function give(response: ServerResponse, answer: Answer | null): void {
  if (answer === null) return void response.destroy()
  response.writeHead(answer.status, { 'content-type': answer.type })
  response.end(answer.body)
}
