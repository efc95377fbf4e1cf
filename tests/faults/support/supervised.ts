import {
  type BackendProcess,
  type Ended,
  startApi,
  startWorkerProcess,
} from '../../support/processes/backend-process.ts'

/** One process of ours with a name, that a supervisor would start again. */
export function supervised(name: 'api' | 'worker', environment: Record<string, string>) {
  let running: BackendProcess | undefined
  const start = async () => {
    if (running?.isRunning()) throw new Error(`The ${name} runs already`)
    running = await (name === 'api' ? startApi : startWorkerProcess)(environment)
  }
  const end = async (signal: NodeJS.Signals): Promise<Ended> =>
    running ? running.kill(signal) : { code: null, signal: null }
  return {
    name,
    start,
    end,
    isRunning: () => running?.isRunning() ?? false,
    async killAndRestart() {
      await end('SIGKILL')
      await start()
    },
    lines: () => running?.lines ?? [],
  }
}
