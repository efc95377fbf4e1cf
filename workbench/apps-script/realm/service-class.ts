import type { Parameter } from './parameter.ts'
import type { Realm } from './realm.ts'

export type Method<S> = {
  readonly parameters: readonly Parameter<unknown>[]
  /** True when the script gets the same object back, as builders do. */
  readonly chains: boolean
  run(state: S, args: readonly unknown[], realm: Realm): unknown
}

/** A class of a Google service: its methods are all the script can see; its state stays on our side. */
export type ServiceClass<S> = {
  readonly name: string
  readonly methods: Readonly<Record<string, Method<S>>>
}

type Read<P extends readonly Parameter<unknown>[]> = { [I in keyof P]: P[I] extends Parameter<infer T> ? T : never }

export function serviceClass<S>(name: string, methods: Record<string, Method<S>>): ServiceClass<S> {
  return { name, methods }
}

/** A method that changes its object and returns it. */
export function chain<S, const P extends readonly Parameter<unknown>[]>(
  parameters: P,
  run: (state: S, ...args: Read<P>) => void,
): Method<S> {
  return { parameters, chains: true, run: (state, args) => run(state, ...(args as unknown as Read<P>)) }
}

/** A method that returns a value of its own. */
export function answer<S, const P extends readonly Parameter<unknown>[]>(
  parameters: P,
  run: (state: S, ...args: Read<P>) => unknown,
): Method<S> {
  return { parameters, chains: false, run: (state, args) => run(state, ...(args as unknown as Read<P>)) }
}

/** A factory method: a new object of `made`. */
export function creates<S>(made: ServiceClass<S>, start: () => S): Method<unknown> {
  return { parameters: [], chains: false, run: (_state, _args, realm) => realm.make(made, start()) }
}

/** A setter that stores its one argument under `key`. */
export function set<S, K extends keyof S>(key: K, parameter: Parameter<Exclude<S[K], undefined>>): Method<S> {
  return {
    parameters: [parameter],
    chains: true,
    run: (state, args) => {
      state[key] = args[0] as S[K]
    },
  }
}
