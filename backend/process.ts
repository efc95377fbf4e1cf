import { createContext, type Running } from './app.ts'
import { ConfigRefused, readConfig } from './config.ts'
import type { Ctx } from './context.ts'

/** Milliseconds in which a stop ends by itself: supervisors kill after 30 s. A job cut off is given back to another worker. */
const STOP_MS = 25_000

/**
 * The frame of every process: reads the configuration, runs until it is told to stop, then stops in order.
 * Ends with 0 after a stop, 1 when starting or stopping failed or took too long, 78 for a wrong configuration.
 */
export async function runProcess(
  name: string,
  start: (ctx: Ctx) => Promise<Running>,
  { stopMs = STOP_MS }: { stopMs?: number } = {},
): Promise<void> {
  const ctx = createContext(configOrExit(), { process: name })
  const fail = (message: string) => (error: unknown) => {
    ctx.log.fatal({ err: error }, message)
    process.exit(1)
  }
  const stop = async (signal: string) => {
    ctx.log.info({ signal }, 'stopping')
    setTimeout(() => fail('could not stop')(new Error(`Still at work after ${stopMs / 1_000} s`)), stopMs).unref()
    await (await running).stop()
    await ctx.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop(signal).catch(fail('could not stop')))
  const running = start(ctx) // a signal that comes meanwhile waits for it
  await running.catch(fail('could not start'))
}

function configOrExit() {
  try {
    return readConfig()
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(78)
  }
}
