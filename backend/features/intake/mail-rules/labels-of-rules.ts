import type { Tx } from '../../../platform/tenancy.ts'
import { isBelow } from './judging.ts'
import { namesOf } from './labels.ts'
import { mailRulesIn } from './rows.ts'

/** Tells of a label of Gmail whether rules ask for it, by whatever name; null when none asks for labels. */
export async function labelsOfRules(tx: Tx): Promise<((id: string, name: string) => boolean) | null> {
  const { rules } = await mailRulesIn(tx)
  const entries = rules.flatMap(({ active, matches }) => (active ? matches.labels : [])).map((one) => one.toLowerCase())
  if (entries.length === 0) return null
  return (id, name) =>
    namesOf([id], new Map([[id, name]])).some((label) => entries.some((entry) => isBelow(label.toLowerCase(), entry)))
}
