import { fromDecimal, toDecimal } from '../../../../shared/money.ts'
import type { Money } from '../store/records/money.ts'

/** As Shopify writes amounts: 12.0, 12.5 and 12.34, and 500.0 for yen. */
export function decimalOf(money: Money): string {
  const text = toDecimal(money)
  if (!text.includes('.')) return `${text}.0`
  return text.replace(/(\.\d+?)0+$/, '$1')
}

/** Reads a MoneyInput or a Money scalar, whose currency stands elsewhere. @throws RangeError when it cannot be held exactly */
export const moneyIn = (amount: string, currency: string): Money => fromDecimal(amount, currency)
