import vm from 'node:vm'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { openRealm } from '../realm/realm.ts'
import { permissionsOf, SCOPES } from '../scopes.ts'
import { askingOver } from './bridge.ts'
import type { Done, Job, ThreadStart } from './execution.ts'
import { freshContext } from './fresh-context.ts'
import { installGlobals } from './globals.ts'
import { invoke } from './invocation.ts'
import type { LogLine } from './services.ts'

const { source, manifest, bell, port } = workerData as ThreadStart & { port: MessagePort }
const script = new vm.Script(source, { filename: 'Code.js' }) // compiled once, run anew in every context
const ask = askingOver(port, new Int32Array(bell))

parentPort?.on('message', (job: Job) => parentPort?.postMessage(execute(job)))
parentPort?.postMessage('ready')

function execute(job: Job): Done {
  const logs: LogLine[] = []
  const context = freshContext(job.nowMs)
  const realm = openRealm(context)
  const { user, hostApp, spreadsheet } = job
  const permissions = permissionsOf(manifest.oauthScopes.filter((scope) => counts(scope, job)))
  const log = (line: LogLine) => logs.push(line)
  const services = { realm, ask, permissions, manifest, user, hostApp, spreadsheet, log }
  installGlobals(context, services)
  return { ...invoke(context, script, services, job), logs }
}

/** One scope opens the message only after a click in the add-on, so not to a trigger. */
function counts(scope: string, { caller }: Job): boolean {
  return scope !== SCOPES.messageAction || caller !== 'trigger'
}
