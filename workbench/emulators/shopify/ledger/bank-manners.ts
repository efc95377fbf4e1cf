import type { BankManner } from '../world/bank.ts'

export type { BankManner }

/** What the bank does with refunds, in the words of the page. */
export const bankManners: Record<BankManner, string> = {
  'at-once': 'Sent at once',
  'when-told': 'Kept until you say so',
  refuses: 'Refused',
}
