import type { Manifest } from '../manifest.ts'
import type { Done, Job } from './execution.ts'
import type { Answers } from './questions.ts'
import { type ScriptThread, startThread } from './thread.ts'

const KEPT_IDLE = 2

export type Threads = ReturnType<typeof scriptThreads>

/** Threads for one version of the script: idle ones are used again, a busy moment starts more. */
export function scriptThreads(source: string, manifest: Manifest) {
  const idle: ScriptThread[] = []
  const all = new Set<ScriptThread>()
  let open = true
  return { run, retire, close }

  /** Runs a job, or gives undefined when it took longer than the limit, or when `over` says that Google would have. */
  async function run(job: Job, answers: Answers, limitMs: number, over: Promise<undefined>): Promise<Done | undefined> {
    const thread = idle.pop() ?? (await added())
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), limitMs)
    })
    const running = thread.run(job, answers)
    try {
      const done = await Promise.race([running, tooLate, over])
      if (done && open && idle.length < KEPT_IDLE) idle.push(thread)
      else await ended(thread, running)
      return done
    } catch (error) {
      await ended(thread, running)
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** Ends idle threads now and each busy one when its call is over. */
  async function retire(): Promise<void> {
    open = false
    await Promise.all(idle.splice(0).map(stopped))
  }

  async function close(): Promise<void> {
    open = false
    await Promise.all([...all].map((thread) => thread.stop()))
    all.clear()
  }

  async function added(): Promise<ScriptThread> {
    const thread = await startThread(source, manifest)
    all.add(thread)
    return thread
  }

  async function ended(thread: ScriptThread, running: Promise<unknown>): Promise<void> {
    await stopped(thread)
    await running.catch(() => undefined) // its end was told above already
  }

  async function stopped(thread: ScriptThread): Promise<void> {
    all.delete(thread)
    await thread.stop()
  }
}
