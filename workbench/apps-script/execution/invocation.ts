import type vm from 'node:vm'
import type { Done, Job } from './execution.ts'
import { failureOf } from './failure.ts'
import { readReturned } from './returned.ts'
import type { Services } from './services.ts'

type Result = Done extends infer D ? (D extends unknown ? Omit<D, 'logs'> : never) : never

/** Loads the script into its context, as every execution on Google does, and calls one of its functions. */
export function invoke(context: vm.Context, script: vm.Script, services: Services, job: Job): Result {
  try {
    script.runInContext(context)
  } catch (thrown) {
    return failureOf(thrown, services)
  }
  const { target, owner } = find(context, job.function)
  if (typeof target !== 'function') return { ok: false, message: `Script function not found: ${job.function}` }
  const called = services.realm.invoke(target, owner, job.eventJson)
  if (!('thrown' in called)) return readReturned(called.value, services, job.caller)
  const carried = services.realm.carriedBy(called.thrown)
  return isPrompt(carried) ? authorize(context, carried.authorization, services) : failureOf(called.thrown, services)
}

type Prompt = { authorizationUrl?: string; resource?: string; callback?: string }

const isPrompt = (carried: unknown): carried is { authorization: Prompt } =>
  typeof carried === 'object' && carried !== null && 'authorization' in carried

/** The custom authorization card comes from a function of the script, run in the same execution. */
function authorize(
  context: vm.Context,
  { authorizationUrl = '', resource = '', callback }: Prompt,
  services: Services,
): Result {
  if (callback === undefined)
    return { ok: true, kind: 'authorization', json: { authorizationUrl, resource, cards: [] } }
  const { target, owner } = find(context, callback)
  if (typeof target !== 'function') return { ok: false, message: `Script function not found: ${callback}` }
  const called = services.realm.invoke(target, owner, undefined)
  if ('thrown' in called) return failureOf(called.thrown, services)
  const shown = readReturned(called.value, services, 'trigger')
  if (!shown.ok) return shown
  const cards = shown.kind === 'card' ? [shown.json] : shown.kind === 'cards' ? shown.json : []
  return { ok: true, kind: 'authorization', json: { authorizationUrl, resource, cards } }
}

/** A callback is a function of the top level, or one named by an object path; names ending in _ are private. */
function find(context: vm.Context, name: string): { target: unknown; owner: unknown } {
  if (name.endsWith('_')) return { target: undefined, owner: undefined }
  let owner: unknown = context
  let target: unknown = context
  for (const part of name.split('.')) {
    owner = target
    target = typeof owner === 'object' && owner !== null ? (owner as Record<string, unknown>)[part] : undefined
  }
  return { target, owner: owner === context ? undefined : owner }
}
