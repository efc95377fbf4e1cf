import { once } from 'node:events'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { Manifest } from '../manifest.ts'
import { answeringOver } from './bridge.ts'
import type { Done, Job, ThreadStart } from './execution.ts'
import type { Answers } from './questions.ts'

/** Nothing of ours reaches a script. Node itself looks here for what it has compiled before, which makes a thread start in a third of the time. */
const COMPILED = Object.fromEntries(Object.entries(process.env).filter(([name]) => name === 'NODE_COMPILE_CACHE'))

export type ScriptThread = Awaited<ReturnType<typeof startThread>>

/** A thread, ready to run one call at a time; it is thrown away when a call does not end in time. */
export async function startThread(source: string, manifest: Manifest) {
  const { port1, port2 } = new MessageChannel()
  const bell = new SharedArrayBuffer(4)
  const start: ThreadStart = { source, manifest, bell }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { ...start, port: port2 },
    transferList: [port2],
    env: COMPILED,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  await once(worker, 'message') // its start is not counted into the time of a call
  worker.unref()
  let answers: Answers | undefined
  answeringOver(port1, new Int32Array(bell), () => {
    if (!answers) throw new Error('A question came while no call was running.')
    return answers
  })
  port1.unref() // the worker keeps the process alive while a call runs, and only then

  async function run(job: Job, answering: Answers): Promise<Done> {
    answers = answering
    worker.ref()
    try {
      return await new Promise<Done>((resolve, reject) => {
        worker.once('message', resolve)
        worker.once('error', reject)
        worker.once('exit', () => reject(new Error('The script thread ended.')))
        worker.postMessage(job)
      })
    } finally {
      answers = undefined
      for (const event of ['message', 'error', 'exit'] as const) worker.removeAllListeners(event)
      worker.unref()
    }
  }

  async function stop(): Promise<void> {
    port1.close()
    await worker.terminate()
  }

  return { run, stop }
}
