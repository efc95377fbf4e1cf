import type { CustomerTier, SlaPolicy, SlaRules } from '../../../../shared/sla.ts'
import type { TicketPriority } from '../../../../shared/tickets.ts'
import { DEFAULT_POLICY } from './defaults.ts'

/** What a policy asks about a ticket. */
export type Matched = {
  priority: TicketPriority
  category: string | null
  mailboxId: string | null
  tier: CustomerTier
}

/** The first policy that takes the ticket; the default one takes what nobody else does. */
export const policyFor = ({ policies }: SlaRules, ticket: Matched): SlaPolicy =>
  policies.find((policy) => takes(policy, ticket)) ?? policies.at(-1) ?? DEFAULT_POLICY

function takes(policy: SlaPolicy, { priority, category, mailboxId, tier }: Matched): boolean {
  if (policy.id === 'default') return true
  const { categories, tiers, mailboxIds, exempt, targets } = policy
  const named = category?.trim().toLowerCase()
  return (
    (categories.length === 0 || categories.some((one) => one.toLowerCase() === named)) &&
    (tiers.length === 0 || tiers.includes(tier)) &&
    (mailboxIds.length === 0 || (mailboxId !== null && mailboxIds.includes(mailboxId))) &&
    (exempt || Object.values(targets[priority]).some((minutes) => minutes !== null))
  )
}

/** Why a policy took a ticket, in words: «the category is refund, and the priority is high». */
export function becauseOf(policy: SlaPolicy, { priority, category, tier }: Matched): string {
  if (policy.id === 'default') return `no other policy takes it, and the priority is ${priority}`
  const reasons = [
    policy.categories.length > 0 && `the category is ${category}`,
    policy.tiers.length > 0 && `the customer is ${TIER_WORDS[tier]}`,
    policy.mailboxIds.length > 0 && 'it came to one of its mailboxes',
    !policy.exempt && `the priority is ${priority}`,
  ]
  return reasons.filter((words) => words !== false).join(', and ') || 'it takes every ticket'
}

export const TIER_WORDS: Record<CustomerTier, string> = { standard: 'standard', plus: 'plus', vip: 'VIP' }
