import { type SlaPolicy, SlaRules } from '../../../../shared/sla.ts'
import type { TicketPriority } from '../../../../shared/tickets.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Terms } from '../clock/judging.ts'
import { allTime, type Measure, openTime } from '../clock/measure.ts'
import { MINUTE_MS } from '../clock/zone.ts'
import { defaultRules } from './defaults.ts'
import { type Matched, policyFor } from './matching.ts'

/** The rules of a workspace, ready to judge by. */
export type ReadyRules = { version: number; rules: SlaRules; openTime: Measure; asksTiers: boolean }

/** Without a row nothing has been edited. */
export const UNEDITED = 0

/** Laying hours out costs more than looking them up; a version never changes once it is written. */
const ready = new Map<string, ReadyRules>()
const MOST = 500

/**
 * The rules by which the transaction judges.
 * @param known as the caller's own statement read them: the version, 0 without a row, and the zone of the workspace
 */
export async function rulesOf(tx: Tx, known: { version: number; timeZone: string }): Promise<ReadyRules> {
  const { version, timeZone } = known
  const nameOf = (one: number) => (one === UNEDITED ? timeZone : `${tx.workspaceId}/${one}`)
  const held = ready.get(nameOf(version))
  if (held) return held
  const made = version === UNEDITED ? prepare(UNEDITED, defaultRules(timeZone)) : await rulesIn(tx) // may be newer than asked for
  if (ready.size >= MOST) ready.clear()
  ready.set(nameOf(made.version), made)
  return made
}

/** The rules of today, for whoever has nothing else to read. */
export async function rulesIn(tx: Tx): Promise<ReadyRules> {
  const { workspaceId } = tx
  const row = await tx.slaSetting.findUnique({ where: { workspaceId }, select: { version: true, rules: true } })
  if (row) return prepare(row.version, SlaRules.parse(row.rules))
  const { timeZone } = await tx.workspace.findUniqueOrThrow({ where: { workspaceId }, select: { timeZone: true } })
  return prepare(UNEDITED, SlaRules.parse(defaultRules(timeZone)))
}

/** Rules, ready to judge by, whether anybody has saved them or not. */
export const prepare = (version: number, rules: SlaRules): ReadyRules => ({
  version,
  rules,
  openTime: openTime(rules.hours),
  asksTiers: rules.policies.some(({ tiers }) => tiers.length > 0),
})

/** By what a ticket is judged, and the policy that says so. */
export function termsFor({ rules, openTime: open }: ReadyRules, ticket: Matched) {
  const policy = policyFor(rules, ticket)
  return { policy, terms: termsOf(policy, ticket.priority, open) }
}

/** What a policy says for a priority. @param open how open time is counted */
export function termsOf(policy: SlaPolicy, priority: TicketPriority, open: Measure): Terms {
  const { first, next, resolution } = policy.targets[priority]
  const length = (minutes: number | null) => (minutes === null || policy.exempt ? null : minutes * MINUTE_MS)
  const limits = { first: length(first), next: length(next), resolution: length(resolution) }
  return {
    measure: policy.unit === 'business_minutes' ? open : allTime,
    limits,
    warnings: {
      first: warningOf(policy, limits.first),
      next: warningOf(policy, limits.next),
      resolution: warningOf(policy, limits.resolution),
    },
  }
}

/** After how much of a target to warn: at its share or so many minutes before its end, whichever comes first; milliseconds. */
function warningOf({ warnPercent, warnMinutes }: SlaPolicy, limit: number | null): number | null {
  if (limit === null || (warnPercent === null && warnMinutes === null)) return null
  const share = warnPercent === null ? limit : (limit * warnPercent) / 100
  const before = warnMinutes === null ? limit : limit - warnMinutes * MINUTE_MS
  return before <= 0 ? (warnPercent === null ? null : share) : Math.min(share, before)
}
