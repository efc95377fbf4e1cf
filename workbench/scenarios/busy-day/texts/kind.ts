import type { Language } from '../customers.ts'

/** One thing that customers write about, in pieces that are put together differently each time. {order}, {product}, {number} and {day} are filled in. */
export interface Kind {
  code: string
  language: Language
  /** How often it comes, compared with the others. */
  weight: number
  /** Whether its customer has an order in the shop. */
  ordered: boolean
  subjects: string[]
  /** One of each list, in this order, makes the text. */
  parts: [string[], string[], string[]]
  /** What an agent writes back. */
  answers: string[]
  /** What the agent leaves the ticket at. */
  sending: 'solve' | 'wait' | 'keep_tomorrow'
  tag: string
  priority?: 'low' | 'high' | 'urgent'
}
