import vm from 'node:vm'

/** Names V8 puts into every context although a script of Apps Script is not to see them. */
const NOT_THERE = ['WebAssembly', 'SharedArrayBuffer', 'Atomics']

// The script's clock is the workbench's: it starts at the given instant and runs on from there.
const preparation = new vm.Script(
  `((startsAt, absent) => {
  for (const name of absent) delete globalThis[name]
  const System = Date, offset = startsAt - System.now()
  const now = () => System.now() + offset
  function Date_(...args) {
    if (!new.target) return new System(now()).toString()
    return Reflect.construct(System, args.length === 0 ? [now()] : args, new.target)
  }
  Object.defineProperties(Date_, {
    name: { value: 'Date' }, length: { value: 7 }, prototype: { value: System.prototype, writable: false },
    now: { value: now }, parse: { value: System.parse }, UTC: { value: System.UTC },
  })
  System.prototype.constructor = Date_
  globalThis.Date = Date_
})`,
  { filename: 'apps-script-preparation' },
)

/** A context with the language and nothing of Node or the web; used for one call only. */
export function freshContext(nowMs: number): vm.Context {
  const context = vm.createContext({}, { name: 'Apps Script' })
  const prepare = preparation.runInContext(context) as (startsAt: number, absent: string[]) => void
  prepare(nowMs, NOT_THERE)
  return context
}
