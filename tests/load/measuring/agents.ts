import { randomUUID } from 'node:crypto'
import { Agent as Connections, request as send } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What an agent of the load does, in this order, each beginning at another place; one act every ten seconds. */
export const ACTS = ['homepage', 'view', 'card', 'take', 'note', 'status'] as const
export type ActName = (typeof ACTS)[number]

/** Somebody at work, and the ticket that is theirs to write on. */
export type Person = { token: string; staffId: string; ticketId: string }

export type Shift = {
  url: string
  people: Person[]
  perSecond: number
  /** After one reading of each own card, which is not counted. */
  acts: number
}

export type Worked = { times: { act: ActName; ms: number }[]; failures: string[] }

/** Runs as a process of its own. Acts leave when they are due, whether or not earlier ones were answered. */
process.once('message', (shift: Shift) => {
  void work(shift).then((worked) => process.send?.(worked, () => process.disconnect()))
})

type Desk = Person & { round: number; card: { version: number; status: string } }

async function work({ url, people, perSecond, acts }: Shift): Promise<Worked> {
  const connections = new Connections({ keepAlive: true, maxSockets: 200 })
  const ask = (desk: Desk, wish: Wish) => once(connections, url, desk.token, wish)
  const desks = people.map((person, number): Desk => ({ ...person, round: number, card: { version: 0, status: '' } }))
  const worked: Worked = { times: [], failures: [] }
  const act = async (desk: Desk, name: ActName, since: number) => {
    try {
      const reply = await ask(desk, wishOf(name, desk))
      if (reply.version !== undefined) desk.card = { version: reply.version, status: reply.status ?? '' }
      return { act: name, ms: performance.now() - since }
    } catch (error) {
      worked.failures.push(`${name}: ${error}`)
      return null
    }
  }
  await paced(desks.length, perSecond, (number, due) => act(desks[number] as Desk, 'card', due))
  await paced(acts, perSecond, async (number, due) => {
    const desk = desks[number % desks.length] as Desk
    const done = await act(desk, ACTS[desk.round++ % ACTS.length] as ActName, due)
    if (done) worked.times.push(done)
  })
  connections.destroy()
  return worked
}

async function paced(count: number, perSecond: number, act: (number: number, due: number) => Promise<unknown>) {
  const start = performance.now()
  const begun: Promise<unknown>[] = []
  for (let number = 0; number < count; number++) {
    const due = start + (number * 1_000) / perSecond
    const early = due - performance.now()
    if (early > 0) await sleep(early)
    begun.push(act(number, due))
  }
  await Promise.all(begun)
}

type Wish = { method: 'GET' | 'PUT' | 'POST'; path: string; body?: object }

function wishOf(name: ActName, { ticketId, staffId, round, card }: Desk): Wish {
  const own = `/v1/tickets/${ticketId}`
  switch (name) {
    case 'homepage':
      return { method: 'GET', path: '/v1/queues/mine/card' }
    case 'view':
      return { method: 'GET', path: `/v1/queues/${round % 2 === 0 ? 'unassigned' : 'open'}/card` }
    case 'card':
      return { method: 'GET', path: own }
    case 'take':
      return { method: 'PUT', path: `${own}/assignment`, body: { assigneeId: staffId, version: card.version } }
    case 'note':
      return { method: 'POST', path: `${own}/notes`, body: { text: 'Asked the warehouse; they look into it today.' } }
    case 'status':
      return {
        method: 'PUT',
        path: `${own}/status`,
        body: { status: card.status === 'pending' ? 'open' : 'pending', version: card.version },
      }
  }
}

type Reply = { version?: number; status?: string }

const once = (connections: Connections, url: string, token: string, { method, path, body }: Wish) =>
  new Promise<Reply>((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    }
    const request = send(`${url}${path}`, { method, headers, agent: connections, timeout: 10_000 }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.once('end', () => {
        const text = Buffer.concat(parts).toString()
        if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text) as Reply)
        else reject(new Error(`status ${response.statusCode}: ${text.slice(0, 200)}`))
      })
    })
    request.once('error', reject)
    request.once('timeout', () => request.destroy(new Error('no answer for 10 s')))
    request.end(body && JSON.stringify(body))
  })
