import { rm } from 'node:fs/promises'
import type { TestServer } from './test-server.ts'

export default async function globalTeardown() {
  const { sidedeskTestServer } = globalThis as { sidedeskTestServer?: TestServer }
  await sidedeskTestServer?.postgres?.stop()
  if (sidedeskTestServer) await rm(sidedeskTestServer.folder, { recursive: true, force: true })
}
