import { fileURLToPath } from 'node:url'
import { startProcess } from '../../support/processes/backend-process.ts'
import { quantiles } from '../figure.ts'
import type { Ground } from '../world/ground.ts'
import { ask } from './requests.ts'

const LEAST = fileURLToPath(new URL('../limits/one-select.ts', import.meta.url))
const WARM_UP = 200
const COUNT = 600

/** Express and one primary-key SELECT of a ticket, as a process of its own: the least that a page from this database costs. */
export async function withLeast<T>(
  { database }: Ground,
  { workspaceId, ticketId }: { workspaceId: string; ticketId: string },
  measure: (url: string) => Promise<T>,
): Promise<T> {
  const limit = await startProcess(LEAST, {}, /listens on/, [database.urls.owner, workspaceId, ticketId])
  try {
    const port = /listens on (\d+)/.exec(limit.lines.join('\n'))?.[1]
    return await measure(`http://127.0.0.1:${port}/`)
  } finally {
    await limit.kill('SIGKILL')
  }
}

/** The median of it in milliseconds, asked by one client as a page is. */
export const leastTime = (ground: Ground, of: { workspaceId: string; ticketId: string }): Promise<number> =>
  withLeast(ground, of, async (url) => {
    await ask({ mode: 'closed', urls: [url], headers: {}, count: WARM_UP })
    const [p50] = quantiles(await ask({ mode: 'closed', urls: [url], headers: {}, count: COUNT }), [0.5])
    return p50
  })
