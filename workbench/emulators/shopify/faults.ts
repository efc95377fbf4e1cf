/**
 * drop-before and 502-before fail before anything happens, drop-after and 502-after once the work was done; hang never
 * answers. `partial` adds a top-level error to good data, `in-progress` answers that the idempotency key is in use.
 */
export const FAULT_KINDS = [
  'drop-before',
  'drop-after',
  'hang',
  'hang-after',
  '502-before',
  '502-after',
  '429',
  '503',
  'throttle',
  'partial',
  'internal-error',
  'in-progress',
  'broken-json',
  'token-revoked',
  'frozen',
] as const

export type FaultKind = (typeof FAULT_KINDS)[number]

export interface Fault {
  /**
   * A root field (refundCreate, orders), an operation's name, oauth.token, or `*` for every call. bulk.run hangs or fails after its
   * first batch; bulk.download fails as calls do, and with drop-after in the middle of the file.
   */
  operation: string
  kind: FaultKind
  /** How many calls it meets; 1 when left out. */
  times?: number
  /** Only this shop's calls. */
  shop?: string
}

export interface MetCall {
  shop: string
  /** Root fields and, if there is one, the operation's name; or oauth.token, bulk.run, bulk.download. */
  names: string[]
  fault: FaultKind | null
}

export type Faults = ReturnType<typeof faultsOf>

/** Failures on demand; each meets the next calls of its operation, oldest fault first. */
export function faultsOf() {
  let waiting: (Fault & { times: number })[] = []
  const calls: MetCall[] = []

  return {
    add: (fault: Fault) => void waiting.push({ ...fault, times: fault.times ?? 1 }),
    clear: () => {
      waiting = []
    },
    waiting: () => [...waiting],
    /** Every call there was, failed or not; of one operation when it is named. */
    met: (operation?: string) => calls.filter(({ names }) => operation === undefined || names.includes(operation)),
    take(shop: string, names: string[]): FaultKind | undefined {
      const fits = ({ operation }: Fault) => operation === '*' || names.includes(operation)
      const fault = waiting.find((f) => fits(f) && (!f.shop || f.shop === shop))
      calls.push({ shop, names, fault: fault?.kind ?? null })
      if (calls.length > KEPT) calls.splice(0, calls.length - KEPT)
      if (!fault) return undefined
      fault.times--
      waiting = waiting.filter((f) => f.times > 0)
      return fault.kind
    },
  }
}

const KEPT = 10_000
