import { lookAt } from '../../../backend/features/combined-actions/running/looking.ts'
import { nextOf } from '../../../backend/features/combined-actions/running/next.ts'
import { takeStep } from '../../../backend/features/combined-actions/running/taking-step.ts'
import { type Figure, figure, quantiles } from '../figure.ts'
import { cpuOf } from '../measuring/processes.ts'
import type { ActionGround } from './action-ground.ts'
import { confirmOn, STEPS } from './confirming.ts'

const WARM_UP = 5

/** One step: what it took, and what of it Shopify took. Milliseconds. */
type Taken = { whole: number; answers: number }

/** What a step takes beside the answers of Shopify: looking, journal, comparing, and the rows of the action; one action after another. */
export async function measureOverhead(actions: ActionGround, orderIds: readonly string[]): Promise<Figure[]> {
  const { ground, emulator } = actions
  const taken: Taken[] = []
  const cpu = { desk: 0, database: 0, emulator: 0 }
  for (const [number, orderId] of orderIds.entries()) {
    const actionId = await confirmOn(actions, orderId)
    await actions.emulatorTimes()
    const before = { desk: process.cpuUsage(), database: cpuOf(ground.postmaster), emulator: cpuOf(emulator.pid) }
    const steps = await takeAll(actions, actionId)
    if (number < WARM_UP) continue
    taken.push(...steps)
    const { user, system } = process.cpuUsage(before.desk)
    cpu.desk += (user + system) / 1_000
    cpu.database += cpuOf(ground.postmaster) - before.database
    cpu.emulator += cpuOf(emulator.pid) - before.emulator
  }
  const [over50, over99] = quantiles(
    taken.map(({ whole, answers }) => whole - answers),
    [0.5, 0.99],
  )
  const [answer50] = quantiles(
    taken.map(({ answers }) => answers),
    [0.5],
  )
  const [whole50] = quantiles(
    taken.map(({ whole }) => whole),
    [0.5],
  )
  const each = (ms: number) => (ms / taken.length).toFixed(1)
  return [
    figure('step of an action beside the answers of Shopify, p50', over50, 'ms', {
      aim: '< 15',
      note: `p99 ${over99.toFixed(1)} ms, ${taken.length} steps; answers ${answer50.toFixed(1)} ms, step with them ${whole50.toFixed(1)} ms`,
    }),
    figure('step of an action, CPU', (cpu.desk + cpu.database) / taken.length, 'ms', {
      note: `worker ${each(cpu.desk)}, PostgreSQL ${each(cpu.database)}; the emulator ${each(cpu.emulator)} beside`,
    }),
  ]
}

async function takeAll(actions: ActionGround, actionId: string): Promise<Taken[]> {
  const { ctx, workspaceId } = actions
  const taken: Taken[] = []
  for (const kind of STEPS) {
    const started = performance.now()
    const next = nextOf(await lookAt(ctx, { workspaceId, actionId }), ctx.clock.now())
    if (next.what !== 'step' || next.step.kind !== kind) throw new Error(`Not ${kind} but ${next.what} came next`)
    const seconds = await takeStep(ctx, { workspaceId, actionId }, next.step)
    const whole = performance.now() - started
    if (seconds !== 0) throw new Error(`The step ${kind} did not end: ${seconds}`)
    const answers = (await actions.emulatorTimes()).reduce((sum, ms) => sum + ms, 0)
    taken.push({ whole, answers })
  }
  return taken
}
