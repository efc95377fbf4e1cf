import type { StepKind } from '../../../../shared/combined-actions.ts'
import { inWords } from '../../../../shared/money.ts'

/** What a row of a step says in the open; amounts in the smallest unit, as PostgreSQL's JSON gives them. */
export type StepColumns = {
  kind: StepKind
  state: string
  minor: number | null
  currency: string | null
  customerMinor: number | null
  customerCurrency: string | null
}

const NOUNS: Partial<Record<StepKind, string>> = {
  reship: 'send again',
  refund: 'refund',
  cancel: 'cancel',
  gift_card: 'gift card',
}

/** «Send again, gift card £5.00»: the steps that a customer would notice, in the currency that the customer sees. */
export function inOneLine(steps: readonly StepColumns[]): string {
  const parts = steps.flatMap((step) => {
    const noun = NOUNS[step.kind]
    if (!noun || step.state === 'dropped') return []
    const amount = step.kind === 'refund' || step.kind === 'gift_card' ? amountWords(step) : ''
    return [amount === '' ? noun : `${noun} ${amount}`]
  })
  return capital(parts.length > 0 ? parts.join(', ') : 'nothing that moves')
}

function amountWords({ kind, minor, currency, customerMinor, customerCurrency }: StepColumns): string {
  if (kind === 'refund' && customerMinor !== null && customerCurrency !== null)
    return inWords({ minor: customerMinor, currency: customerCurrency })
  return minor === null || currency === null ? '' : inWords({ minor, currency })
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
