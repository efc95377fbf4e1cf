import type pg from 'pg'
import { connectOwner } from './owner-client.ts'

type Work = (client: pg.Client) => Promise<void>

/** Hands that build what was put aside while others still pour. */
export type Builders = {
  /** Begun as soon as a hand is free; what fails is thrown at the end. */
  add(work: Work): void
  /** Waits until all is built. */
  end(): Promise<void>
}

/** @param hands connections of their own, of whoever owns the tables */
export async function builders(url: string, hands: number): Promise<Builders> {
  const free = await Promise.all(Array.from({ length: hands }, () => connectOwner(url)))
  const all = [...free]
  const waiting: Work[] = []
  const failures: unknown[] = []
  let ended = Promise.withResolvers<void>()
  const turn = async () => {
    const client = free.pop()
    if (!client) return
    for (let work = waiting.shift(); work && failures.length === 0; work = waiting.shift())
      await work(client).catch((error: unknown) => failures.push(error))
    free.push(client)
    if (free.length === all.length) ended.resolve()
  }
  return {
    add(work) {
      if (free.length === all.length) ended = Promise.withResolvers()
      waiting.push(work)
      void turn()
    },
    async end() {
      if (free.length < all.length) await ended.promise
      for (const client of all) await client.end()
      if (failures.length > 0) throw failures[0]
    },
  }
}
