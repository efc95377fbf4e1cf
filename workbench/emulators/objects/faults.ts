import type { Operation } from './operations.ts'

/**
 * `closed` drops the connection before anything happens, `lost-reply` after the work was done, `silent` never answers, `slow` answers late;
 * `cut` ends the connection in the middle of the bytes, theirs or ours. The others are answers of the store.
 */
type FaultKind =
  | 'closed'
  | 'lost-reply'
  | 'silent'
  | 'slow'
  | 'cut'
  | 'SlowDown'
  | 'InternalError'
  | 'AccessDenied'
  | 'XMinioStorageFull'

export interface Fault {
  operation: Operation | '*'
  kind: FaultKind
  /** How many requests it meets; 1 when left out. */
  times?: number
  /** Only keys with this in them. */
  key?: string
  /** Of `slow`. */
  ms?: number
}

export type Faults = ReturnType<typeof faultsOf>

/** Failures on demand; each meets the next requests of its operation, oldest fault first. */
export function faultsOf() {
  let waiting: (Fault & { times: number })[] = []
  const met: { operation: Operation; kind: FaultKind }[] = []
  return {
    add: (fault: Fault) => void waiting.push({ ...fault, times: fault.times ?? 1 }),
    clear: () => {
      waiting = []
    },
    /** The operations that met a fault of this kind so far. */
    met: (kind: FaultKind) => met.filter((one) => one.kind === kind).map(({ operation }) => operation),
    take(operation: Operation, key: string): Fault | undefined {
      const fault = waiting.find(
        (f) => (f.operation === '*' || f.operation === operation) && (f.key === undefined || key.includes(f.key)),
      )
      if (!fault) return undefined
      fault.times--
      met.push({ operation, kind: fault.kind })
      waiting = waiting.filter(({ times }) => times > 0)
      return fault
    },
  }
}
