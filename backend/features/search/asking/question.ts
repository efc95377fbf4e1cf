/** Parts of a message: subject, sender, receivers. */
export type Part = 'A' | 'B' | 'C'

/** Words that stand one after another; a single one is found in its other forms, too, unless it was quoted. */
export type Term = {
  words: string[]
  /** The same in another spelling, as Mueller is Müller; empty when there is none. */
  also: string[]
  not: boolean
  quoted: boolean
  /** Only the beginning of the last word is given. */
  begins: boolean
  part: Part | null
}

/** What somebody asks for, as it was typed. */
export type Question = {
  terms: Term[]
  /** Values by operator, in their order. */
  values: Record<Operator, string[]>
  /** Ticket numbers. */
  numbers: number[]
  /** What looks like an operator and is none. */
  unknown: string[]
}

export const OPERATORS = [
  'status',
  'tag',
  'order',
  'before',
  'after',
  'is',
  'has',
  'assignee',
  'priority',
  'category',
] as const
export type Operator = (typeof OPERATORS)[number]

/** Operators that are about words of one part. */
export const PARTS: Record<string, Part> = { subject: 'A', from: 'B', to: 'C' }
