import { createApiKey } from '../../../backend/features/settings/index.ts'
import { startApi } from '../../support/processes/backend-process.ts'
import type { Ground } from '../world/ground.ts'
import { freePort } from './ports.ts'

export type DeskApi = {
  url: string
  pid: number
  headersFor(workspaceId: string): Promise<Record<string, string>>
  stop(): Promise<void>
}

/** The API as a process of its own, as in production, and keys for the workspaces that are asked about. */
export async function startDeskApi({ ctx, environmentFor }: Ground): Promise<DeskApi> {
  const port = await freePort()
  const api = await startApi(environmentFor({ port }))
  return {
    url: `http://127.0.0.1:${port}`,
    pid: api.pid,
    async headersFor(workspaceId) {
      const { key } = await createApiKey(ctx, workspaceId, 'bench', ['tickets:read'])
      return { authorization: `Bearer ${key}` }
    },
    async stop() {
      await api.kill('SIGTERM')
    },
  }
}
