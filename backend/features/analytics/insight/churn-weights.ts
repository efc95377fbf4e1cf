import type { ChurnFact, ChurnWeight } from '../../../../shared/insight.ts'

/** What may drive a customer away, what each time adds to their score, and after how many more adds nothing. The score is their sum. */
export const CHURN_WEIGHTS: readonly ChurnWeight[] = [
  { fact: 'late', words: 'an answer or a solution came late', weight: 2, most: 5 },
  { fact: 'reopened', words: 'a solved ticket had to be opened again', weight: 2, most: 3 },
  { fact: 'again', words: 'wrote again about something new within 30 days', weight: 1, most: 4 },
  { fact: 'refund', words: 'money was given back', weight: 2, most: 3 },
  { fact: 'rating', words: 'gave two stars or fewer', weight: 4, most: 3 },
  { fact: 'undelivered', words: 'our mail does not arrive', weight: 2, most: 1 },
  { fact: 'silence', words: 'silent for 30 days after an escalation or a reopened ticket', weight: 3, most: 1 },
]

export const weightOf = (fact: ChurnFact): ChurnWeight => {
  const found = CHURN_WEIGHTS.find((one) => one.fact === fact)
  if (!found) throw new Error(`${fact} has no weight`)
  return found
}

/** What happened so often adds so much. */
export const pointsOf = (fact: ChurnFact, count: number): number =>
  weightOf(fact).weight * Math.min(count, weightOf(fact).most)
