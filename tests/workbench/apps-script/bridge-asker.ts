import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { askingOver } from '../../../workbench/apps-script/execution/bridge.ts'

/** A script's thread in short: it asks for each name in turn and tells what came, or what was thrown. */
const { port, bell, names } = workerData as {
  port: MessagePort
  bell: SharedArrayBuffer
  names: string[]
}
const ask = askingOver(port, new Int32Array(bell))

parentPort?.postMessage(
  names.map((name) => {
    try {
      return (ask('cacheGet', { kind: 'script', keys: [name] } as never) as unknown as Record<string, string>)[name]
    } catch (error) {
      return String(error)
    }
  }),
)
