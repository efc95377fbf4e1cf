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

export const freePort = (): Promise<number> => probe(0)

const probe = (port: number) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const { port: bound } = server.address() as AddressInfo
      server.close(() => resolve(bound))
    })
  })
