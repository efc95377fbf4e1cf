import type { Random } from '../../support/random.ts'
import { until } from '../../support/until.ts'
import type { CrashingDesk } from './crashing-desk.ts'
import { moment } from './disturbing.ts'

export type Standing = { state: string; stage: string; place: string; counts: Record<string, number> }

export async function standing({ rows }: CrashingDesk, runId: string): Promise<Standing> {
  const [row] = await rows<Standing>(
    `select state, stage, coalesce(place_at::text, '') || '/' || coalesce(place_id, '') as place, counts from desk.forgetting_run where id = $1`,
    [runId],
  )
  if (!row) throw new Error('There is no such round')
  return row
}

/** Longest wait in milliseconds between a piece that was seen and the next trouble: into the piece after it. */
const INTO_MS = 40

/** More would only take time. */
const MOST_CUTS = 12

/** Cuts a round off again and again, each time a little after it came on, then lets it end. @returns the stage of each cut */
export async function cutOff(desk: CrashingDesk, random: Random, runId: string): Promise<string[]> {
  const cuts: string[] = []
  let seen = ''
  for (;;) {
    const now = await moved(desk, runId, seen)
    seen = placeOf(now)
    if (now.state !== 'running') return cuts
    if (cuts.length === MOST_CUTS) continue
    await moment(random, INTO_MS)
    cuts.push(now.stage)
    await troubleFor(desk, cuts.length)
    await desk.travel(2) // what waits for its next attempt has it now
    seen = placeOf(await standing(desk, runId))
  }
}

const placeOf = ({ stage, place }: Standing) => `${stage}/${place}`

/** Waits until the round is at another place. */
async function moved(desk: CrashingDesk, runId: string, seen: string): Promise<Standing> {
  let now = await standing(desk, runId)
  const isOn = async () => {
    now = await standing(desk, runId)
    return now.state !== 'running' || placeOf(now) !== seen
  }
  await until('the round to come on', isOn, {
    everyMs: 3,
    seconds: 90,
    found: async () => `${JSON.stringify(now)} ${desk.worker.lines().slice(-5).join('\n')}`,
  })
  return now
}

async function troubleFor(desk: CrashingDesk, cut: number): Promise<void> {
  if (cut % 3 === 1) return desk.worker.killAndRestart()
  await desk.power.cut()
  if (cut % 3 === 0) await desk.worker.end('SIGKILL')
  await desk.power.restore()
  if (cut % 3 === 0) await desk.worker.start()
}
