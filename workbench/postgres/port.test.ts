import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { freePort } from './port.ts'

test('a port for PostgreSQL is none that a connection going out may get before it', async () => {
  for (let time = 0; time < 30; time++) {
    const port = await freePort()
    expect(port).toBeGreaterThanOrEqual(20_000)
    expect(port).toBeLessThan(32_768)
  }
})

test('a port on which somebody listens is passed over', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port: taken } = other.address() as AddressInfo
  const free = await freePort()
  const offered = [taken, taken, free]
  expect(await freePort(() => offered.shift() ?? free)).toBe(free)
  other.close()
})
