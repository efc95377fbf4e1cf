import { fromDecimal, toDecimal } from '../../../../shared/money.ts'
import type { Money } from '../store/records/money.ts'
import { refusal } from './refusal.ts'

/** As Shopify writes amounts: 12.0, 12.5 and 12.34, and 500.0 for yen. */
export function decimalOf(money: Money): string {
  const text = toDecimal(money)
  if (!text.includes('.')) return `${text}.0`
  return text.replace(/(\.\d+?)0+$/, '$1')
}

/** Reads a MoneyInput or a Money scalar, whose currency stands elsewhere; refused when the currency cannot hold it. */
export function moneyIn(amount: string, currency: string): Money {
  try {
    return fromDecimal(amount, currency)
  } catch (error) {
    if (error instanceof RangeError) throw refusal('BAD_REQUEST', error.message)
    throw error
  }
}
