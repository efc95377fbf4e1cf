import type { Google } from '../../emulators/google/google.ts'
import { SHOP } from '../../scenarios/fern-and-fig.ts'
import type { RunningBackend } from '../backend.ts'
import { mailsRead } from '../seeding.ts'
import { Unfit } from '../unfit.ts'

const WAIT_MS = 120_000
const LOOK_EVERY_MS = 40

/** Waits until the backend has read everything that lies in the archive. */
export async function everythingRead(google: Google, { ctx }: RunningBackend, workspaceId: string): Promise<void> {
  const expected = () => google.users.mails(SHOP.archive).length
  const until = performance.now() + WAIT_MS
  while ((await mailsRead(ctx, workspaceId)) < expected()) {
    if (performance.now() > until) throw new Unfit('The mails of the busy day are not read. Start it again.')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
