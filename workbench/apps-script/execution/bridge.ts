import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { ScriptError } from '../realm/script-error.ts'
import type { Answers, Ask, Topic } from './questions.ts'

type Asked = { topic: Topic; question: unknown }
type Reply = { value: unknown } | { refused: string } | { broken: string }

/** The script's side: sends a question and sleeps until the main thread has put the answer on the port. */
export function askingOver(port: MessagePort, bell: Int32Array<SharedArrayBuffer>): Ask {
  return (topic, question) => {
    Atomics.store(bell, 0, 0)
    port.postMessage({ topic, question } satisfies Asked)
    // a ring that was meant for the question before can arrive only now: it wakes us, but the bell is still at 0
    while (Atomics.load(bell, 0) === 0) Atomics.wait(bell, 0, 0)
    const reply = receiveMessageOnPort(port)?.message as Reply | undefined
    if (!reply) throw new Error(`No answer came for ${topic}.`)
    if ('refused' in reply) throw new ScriptError(reply.refused)
    if ('broken' in reply) throw new Error(reply.broken)
    return reply.value as never
  }
}

/** The main side: answers until the port closes. `answers` changes with the execution that holds the thread. */
export function answeringOver(port: MessagePort, bell: Int32Array<SharedArrayBuffer>, answers: () => Answers): void {
  port.on('message', async ({ topic, question }: Asked) => {
    port.postMessage(await reply(answers(), topic, question))
    Atomics.store(bell, 0, 1)
    Atomics.notify(bell, 0)
  })
}

async function reply(answers: Answers, topic: Topic, question: unknown): Promise<Reply> {
  try {
    return { value: await (answers[topic] as (question: unknown) => unknown)(question) }
  } catch (error) {
    if (error instanceof ScriptError) return { refused: error.message }
    return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
