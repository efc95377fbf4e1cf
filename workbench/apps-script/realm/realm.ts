import type vm from 'node:vm'
import { doorway } from './doorway.ts'
import type { Enumeration } from './enumeration.ts'
import { mismatch } from './parameter.ts'
import { ScriptError } from './script-error.ts'
import type { Method, ServiceClass } from './service-class.ts'

type Found = { class: ServiceClass<unknown>; state: unknown }

/** The border between the script's vm context and the services: objects, errors and data on the script's side are its own. */
export type Realm = ReturnType<typeof openRealm>

export function openRealm(context: vm.Context) {
  const door = doorway(context)
  const states = new WeakMap<object, Found>()
  const prototypes = new Map<ServiceClass<unknown>, object>()
  const errors = new WeakMap<object, ScriptError>()
  const realm = { make, find, enumerate, give, carriedBy, invoke: door.invoke }
  return realm

  /** The object the script sees for a state that stays here. */
  function make<S>(made: ServiceClass<S>, state: S): object {
    const seen = door.object(prototypeOf(made as unknown as ServiceClass<unknown>))
    states.set(seen, { class: made as unknown as ServiceClass<unknown>, state })
    return seen
  }

  function find(value: unknown): Found | undefined {
    return typeof value === 'object' && value !== null ? states.get(value) : undefined
  }

  function enumerate(enumeration: Enumeration): object {
    const entries = enumeration.members.map(
      (name, ordinal) => [name, make(enumeration.class, { name, ordinal })] as const,
    )
    return door.record(entries)
  }

  /** Data of ours as data of the script's realm. */
  function give(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || states.has(value)) return value
    if (value instanceof Date) return door.date(value.getTime())
    if (value instanceof Uint8Array) return door.list(Array.from(value, (byte) => (byte > 127 ? byte - 256 : byte)))
    if (Array.isArray(value)) return door.list(value.map(give))
    return door.record(Object.entries(value).map(([key, entry]) => [key, give(entry)] as const))
  }

  function carriedBy(thrown: unknown): unknown {
    return typeof thrown === 'object' && thrown !== null ? errors.get(thrown)?.carries : undefined
  }

  function prototypeOf(made: ServiceClass<unknown>): object {
    const known = prototypes.get(made)
    if (known) return known
    const methods = Object.entries(made.methods).map(([name, method]) => [name, callable(made, name, method)] as const)
    const shortName = made.name.slice(made.name.lastIndexOf('.') + 1)
    const prototype = door.prototype([['toString', door.method('toString', () => ({ value: shortName }))], ...methods])
    prototypes.set(made, prototype)
    return prototype
  }

  function callable(owner: ServiceClass<unknown>, name: string, method: Method<unknown>) {
    return door.method(name, (self, args) => {
      try {
        const found = find(self)
        if (found?.class !== owner) throw new ScriptError(`Illegal invocation of ${owner.name}.${name}.`)
        const value = method.run(found.state, read(owner, name, method, args), realm)
        return { value: method.chains ? self : give(value) }
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error
        const thrown = door.failure(error.message)
        errors.set(thrown, error)
        return { thrown }
      }
    })
  }

  function read(owner: ServiceClass<unknown>, name: string, method: Method<unknown>, args: readonly unknown[]) {
    const needed = method.parameters.filter((each) => !each.optional).length
    const values = method.parameters.map((each, index) => each.read(args[index], realm))
    if (args.length < needed || args.length > method.parameters.length || values.includes(mismatch)) {
      const given = args.map((arg) => describe(arg)).join(',')
      throw new ScriptError(`The parameters (${given}) don't match the method signature for ${owner.name}.${name}.`)
    }
    return values
  }

  function describe(value: unknown): string {
    if (value === null || value === undefined) return 'null'
    if (typeof value === 'string') return 'String'
    if (Array.isArray(value)) return value.length > 0 ? `${describe(value[0])}[]` : 'Array'
    if (typeof value === 'object') return find(value)?.class.name ?? '(class)'
    return typeof value === 'function' ? '(class)' : typeof value
  }
}
