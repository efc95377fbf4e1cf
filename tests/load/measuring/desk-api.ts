import type { Ctx } from '../../../backend/context.ts'
import { createApiKey } from '../../../backend/features/settings/index.ts'
import { systemOf } from '../../../backend/platform/actor.ts'
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
      const { key } = await keyFor(ctx, workspaceId)
      return { authorization: `Bearer ${key}` }
    },
    async stop() {
      await api.kill('SIGTERM')
    },
  }
}

/** A key that reads tickets of one workspace. */
export const keyFor = (ctx: Ctx, workspaceId: string) =>
  createApiKey(ctx, workspaceId, { name: 'bench', scopes: ['tickets:read'] }, systemOf(workspaceId))
