import type { Google } from '../emulators/google/google.ts'
import { SHOP } from '../scenarios/fern-and-fig.ts'
import { play } from '../scenarios/play.ts'
import { shopStories } from '../scenarios/shop.ts'
import type { RunningBackend } from './backend.ts'
import { mailsRead } from './seeding.ts'
import type { StoryClock } from './story-clock.ts'
import { Unfit } from './unfit.ts'

const WAIT_MS = 120_000
const LOOK_EVERY_MS = 100

/** Sends the shop's mails through Google, each at its own time, and waits until the backend has read them all. */
export async function playShop(
  google: Google,
  { ctx }: RunningBackend,
  workspaceId: string,
  clock: StoryClock,
  told: (line: string) => void,
): Promise<void> {
  await play(
    shopStories,
    clock.now(),
    {
      fromOutside: (raw, sender, recipients, at, spam) =>
        clock.at(at, () => google.deliver(raw, { from: sender, to: recipients }, { at, spam })),
      fromAgent: (agent, raw, at) => clock.at(at, () => google.users.send(agent.email, { bytes: raw })),
    },
    (done, of) => told(`${done} of ${of} mails delivered`),
  )
  await read(google, ctx, workspaceId, told)
}

async function read(
  google: Google,
  ctx: RunningBackend['ctx'],
  workspaceId: string,
  told: (line: string) => void,
): Promise<void> {
  const until = Date.now() + WAIT_MS
  const expected = () => google.users.mails(SHOP.archive).length
  for (let done = 0; done < expected(); ) {
    done = await mailsRead(ctx, workspaceId)
    told(`${done} of ${expected()} mails read`)
    if (Date.now() > until)
      throw new Unfit(
        `Only ${done} of ${expected()} mails were read within ${WAIT_MS / 1000} s. npm run reset starts over.`,
      )
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}
