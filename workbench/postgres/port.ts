import { randomInt } from 'node:crypto'
import { type AddressInfo, createServer } from 'node:net'
import { PostgresUnavailable } from './unavailable.ts'

/** Refuses with a sentence when somebody listens on this loopback port already. */
export async function requireFree(port: number): Promise<void> {
  try {
    await probe(port)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause
    throw new PostgresUnavailable(
      `Port ${port}, wanted for PostgreSQL, is taken. Stop what uses it or choose another.`,
      { cause },
    )
  }
}

/** Systems hand out ports from 32768 on to connections that go out, at any moment: one of those could be gone before PostgreSQL has it. */
const [FIRST, END] = [20_000, 32_768]
const ATTEMPTS = 50

/** A loopback port on which nobody listens, and which nothing but another such choice would take meanwhile. @param next the next one to try */
export async function freePort(next = () => randomInt(FIRST, END)): Promise<number> {
  for (let attempt = 1; ; attempt++)
    try {
      return await probe(next())
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error
    }
}

const probe = (port: number) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as AddressInfo
      server.close(() => resolve(bound))
    })
  })
