import vm from 'node:vm'

type Reply = { value: unknown } | { thrown: object }
type Entries = readonly (readonly [string, unknown])[]

export type Doorway = {
  method(name: string, call: (self: unknown, args: readonly unknown[]) => Reply): unknown
  prototype(methods: Entries): object
  object(prototype: object): object
  record(entries: Entries): object
  list(items: readonly unknown[]): object
  date(milliseconds: number): object
  failure(message: string): object
  invoke(call: unknown, owner: unknown, eventJson: string | undefined): { value: unknown } | { thrown: unknown }
}

// Runs inside the script's context, so that functions, errors, arrays and dates handed to the script belong to its realm.
const inside = new vm.Script(
  `(() => {
  const { create, defineProperty } = Object
  const { parse } = JSON
  const OwnDate = Date, OwnError = Error
  const hidden = (target, name, value) => defineProperty(target, name, { value, configurable: true, writable: true })
  return {
    method: (name, call) => ({ [name](...args) {
      const reply = call(this, args)
      if (reply.thrown) throw reply.thrown
      return reply.value
    } })[name],
    prototype: (methods) => { const made = {}; for (const [name, method] of methods) hidden(made, name, method); return made },
    object: (prototype) => create(prototype),
    record: (entries) => { const made = {}; for (const [key, value] of entries) made[key] = value; return made },
    list: (items) => [...items],
    date: (milliseconds) => new OwnDate(milliseconds),
    failure: (message) => { const made = new OwnError(message); hidden(made, 'name', 'Exception'); return made },
    invoke: (call, owner, json) => {
      try { return { value: json === undefined ? call.call(owner) : call.call(owner, parse(json)) } } catch (thrown) { return { thrown } }
    },
  }
})()`,
  { filename: 'apps-script-doorway' },
)

export function doorway(context: vm.Context): Doorway {
  return inside.runInContext(context) as Doorway
}
