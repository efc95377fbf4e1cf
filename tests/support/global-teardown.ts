import type { TestServer } from './test-server.ts'

export default async function globalTeardown() {
  const { sidedeskTestServer } = globalThis as { sidedeskTestServer?: TestServer }
  await sidedeskTestServer?.postgres?.stop()
}
