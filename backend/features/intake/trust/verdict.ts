import type { TrustCode } from '../../../../shared/trust.ts'
import { domainOf } from '../../settings/index.ts'
import { withoutComments } from '../comments.ts'

/** Google's receiving server signs its verdict with this name; everybody may write lines like it further down. */
export const GOOGLE = 'mx.google.com'

export type Verdict = { dmarc: TrustCode; dkim: TrustCode; spf: TrustCode }

const ABSENT: Verdict = { dmarc: 'absent', dkim: 'absent', spf: 'absent' }

/**
 * What Google found about a sender's domain, as closed codes for people to read; whether the sender is proved, `proves` says.
 * @param verdict the topmost Authentication-Results, whole; any other server's says nothing here
 */
export function verdictOf(verdict: string, domain: string): Verdict {
  const [server = '', ...results] = withoutComments(verdict).toLowerCase().split(';')
  if (server.trim() !== GOOGLE || /["\\]/.test(verdict)) return ABSENT
  const found = results.map((result) => result.trim().split(/\s+/))
  return {
    dmarc: codeOf(found, 'dmarc', ['header.from'], domain),
    dkim: codeOf(found, 'dkim', ['header.i', 'header.d'], domain),
    spf: codeOf(found, 'spf', ['smtp.mailfrom'], domain),
  }
}

/** Words of RFC 8601 section 2.7, by what they mean for a reader. */
const MEANS: Record<string, TrustCode> = {
  pass: 'pass',
  fail: 'fail',
  softfail: 'fail',
  policy: 'fail',
  none: 'none',
  neutral: 'none',
  temperror: 'error',
  permerror: 'error',
}

/** A mail may carry several signatures: the best one for the sender's own domain counts. */
const ORDER: readonly TrustCode[] = ['pass', 'other_domain', 'fail', 'error', 'none']

function codeOf(found: readonly string[][], method: string, names: readonly string[], domain: string): TrustCode {
  const codes = found.flatMap(([first = '', ...about]) => {
    if (!first.startsWith(`${method}=`)) return []
    const code = MEANS[first.slice(method.length + 1)] ?? 'error'
    return [code === 'pass' && !about.some((fact) => isOf(fact, names, domain)) ? 'other_domain' : code]
  })
  return ORDER.find((code) => codes.includes(code)) ?? 'absent'
}

const isOf = (fact: string, names: readonly string[], domain: string): boolean =>
  names.some((name) => fact.startsWith(`${name}=`) && addressedTo(fact.slice(name.length + 1)) === domain)

/** `@shop.example`, `ada@shop.example` and `shop.example` */
const addressedTo = (value: string): string => (value.includes('@') ? domainOf(value) : value)
