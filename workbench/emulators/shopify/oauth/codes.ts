import { randomBytes } from 'node:crypto'

/** What a merchant agreed to; a code stands for it until it is used, for ten minutes. */
export interface Consent {
  shop: string
  clientId: string
  scopes: string[]
  /** Milliseconds since 1970. */
  ends: number
}

export type Codes = ReturnType<typeof codesOf>

export function codesOf() {
  const open = new Map<string, Consent>()
  return {
    make(consent: Consent): string {
      const code = randomBytes(16).toString('hex')
      open.set(code, consent)
      return code
    },
    /** A code works once. */
    use(code: string, now: number): Consent | undefined {
      const consent = open.get(code)
      open.delete(code)
      return consent && consent.ends > now ? consent : undefined
    },
  }
}
