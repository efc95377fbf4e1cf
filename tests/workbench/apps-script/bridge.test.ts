import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { MessageChannel, Worker } from 'node:worker_threads'
import { expect, test } from '@jest/globals'
import { answeringOver } from '../../../workbench/apps-script/execution/bridge.ts'
import type { Answers } from '../../../workbench/apps-script/execution/questions.ts'

test('a ring that comes late, when the next question is asked already, leaves each question its own answer', async () => {
  const { port1, port2 } = new MessageChannel()
  const bell = new SharedArrayBuffer(4)
  const ring = new Int32Array(bell)
  const answers = {
    async cacheGet({ keys }: { keys: string[] }) {
      await pause(20) // the script sleeps by now
      Atomics.notify(ring, 0)
      await pause(20)
      return Object.fromEntries(keys.map((key) => [key, `answer to ${key}`]))
    },
  } as unknown as Answers
  answeringOver(port1, ring, () => answers)

  const asker = new Worker(new URL('./bridge-asker.ts', import.meta.url), {
    workerData: { port: port2, bell, names: ['one', 'two', 'three'] },
    transferList: [port2],
  })
  const [told] = await once(asker, 'message')
  await asker.terminate()
  port1.close()

  expect(told).toEqual(['answer to one', 'answer to two', 'answer to three'])
})
