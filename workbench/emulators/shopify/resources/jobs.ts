import type { Resource } from '../graphql/resource.ts'
import type { Shop } from '../shop.ts'
import type { JobRecord } from '../store/records/drafts.ts'
import type { Gid } from '../store/records/ids.ts'
import { finishCancellation } from './cancelling/finishing.ts'

const WORK: Record<string, (shop: Shop, job: JobRecord) => void> = { orderCancel: finishCancellation }

export const jobsResource: Resource = {
  queries: {
    job: (_: unknown, { id }: { id: Gid }, { shop }) => jobById(shop, id),
  },
  types: {
    Job: {
      done: ({ id }: { id: Gid }, _args: unknown, { shop }) => jobById(shop, id)?.done ?? true,
      query: () => ({}),
    },
  },
  nodes: { Job: ({ shop }, id) => jobById(shop, id) },
}

/** Does the work whose time has come. */
export function runDueJobs(shop: Shop): void {
  const now = shop.at()
  for (const job of shop.tables.jobs.by('status', 'STARTED')) if (job.dueAt <= now) WORK[job.kind]?.(shop, job)
}

function jobById(shop: Shop, id: Gid) {
  const job = shop.tables.jobs.get(id)
  return job ? { id, done: job.status !== 'STARTED' } : null
}
