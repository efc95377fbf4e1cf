import { runProcess } from '../../../backend/process.ts'

/** How each kind of process answers when it is told to stop. */
const stops: Record<string, () => Promise<void>> = {
  willing: async () => undefined,
  failing: async () => {
    throw new Error('cannot stop "Ada Lovelace"')
  },
  hanging: () => new Promise(() => undefined),
}
const [kind = ''] = process.argv.slice(2)

await runProcess(
  'unwilling',
  async (ctx) => {
    const stop = stops[kind]
    if (!stop) throw new Error(`cannot start "${kind}"`)
    const timer = setInterval(() => undefined, 1_000)
    ctx.log.info('it runs')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100) // a signal right after the first sign of life is met too
    return { stop: () => stop().finally(() => clearInterval(timer)) }
  },
  { stopMs: 300 },
)
