import { MAIL_RULE_LIMITS, type MailRuleInput } from '../../../../shared/mail-rules.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'
import { enqueueReadingLabels } from './labels.ts'
import { mailRulesIn, type StoredRule, storeRules } from './rows.ts'

type Wish = MailRuleInput & { version: number }

export const addRule = (ctx: Ctx, { version, ...given }: Wish, by: Actor): Promise<void> =>
  changing(ctx, { version }, by, async (tx, rules) => {
    if (rules.length >= MAIL_RULE_LIMITS.rules)
      throw new DeskError('invalid_request', `There are at most ${MAIL_RULE_LIMITS.rules} rules. Remove one first.`)
    return [...rules, { ...(await checked(tx, given)), id: newId(tx.now), preset: null }]
  })

/** Also what switches one on and off. */
export const writeRule = (ctx: Ctx, id: string, { version, ...given }: Wish, by: Actor): Promise<void> =>
  changing(ctx, { version, id }, by, async (tx, rules) => {
    const rule = ruleAmong(rules, id)
    const written = { ...rule, ...(await checked(tx, given)) }
    return rules.map((one) => (one.id === id ? written : one))
  })

export const moveRule = (
  ctx: Ctx,
  id: string,
  { version, position }: { version: number; position: number },
  by: Actor,
): Promise<void> =>
  changing(ctx, { version, id }, by, async (_tx, rules) => placedAt(rules, ruleAmong(rules, id), position))

/** Puts a rule at a place, from 1; the others close up. */
export function placedAt(rules: readonly StoredRule[], rule: StoredRule, position: number): StoredRule[] {
  const others = rules.filter(({ id }) => id !== rule.id)
  return [...others.slice(0, position - 1), rule, ...others.slice(position - 1)]
}

export const removeRule = (ctx: Ctx, id: string, { version }: { version: number }, by: Actor): Promise<void> =>
  changing(ctx, { version, id }, by, async (_tx, rules) => rules.filter((one) => one.id !== id))

function ruleAmong(rules: readonly StoredRule[], id: string): StoredRule {
  const rule = rules.find((one) => one.id === id)
  if (!rule) throw new DeskError('not_found', 'There is no such rule any more.')
  return rule
}

/** One changes rules at a time in a workspace, because their order is one thing. */
const changing = (
  ctx: Ctx,
  { version, id }: { version: number; id?: string },
  by: Actor,
  work: (tx: Tx, rules: readonly StoredRule[]) => Promise<StoredRule[]>,
): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await tx.$executeRaw`select from desk.workspace where workspace_id = ${tx.workspaceId}::uuid for no key update`
    const before = await mailRulesIn(tx)
    if (id !== undefined) ruleAmong(before.rules, id) // what is gone is no matter of its version
    if (before.version !== version)
      throw new DeskError(
        'stale_version',
        'Somebody changed the rules since you opened them. Look at them again, then save yours.',
      )
    const after = await work(tx, before.rules)
    if (JSON.stringify(after) === JSON.stringify(before.rules)) return
    await storeRules(tx, after)
    if (after.some(({ matches }) => matches.labels.length > 0)) await enqueueReadingLabels(tx)
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'mail_rules', ...changeOf(before.rules, after), by })
  })

/** What differs, and the order where that differs: whole lists would hide it. */
function changeOf(before: readonly StoredRule[], after: readonly StoredRule[]): { before: unknown; after: unknown } {
  const isIn = (rules: readonly StoredRule[]) => (one: StoredRule) =>
    rules.some((other) => JSON.stringify(other) === JSON.stringify(one))
  const [gone, came] = [before.filter((one) => !isIn(after)(one)), after.filter((one) => !isIn(before)(one))]
  const order = (rules: readonly StoredRule[]) => rules.map(({ name }) => name)
  if (gone.length === 0 && came.length === 0)
    return { before: { order: order(before) }, after: { order: order(after) } }
  return { before: gone[0] ?? null, after: came[0] ?? null }
}

/** @throws DeskError invalid_request for a rule that fits everything or nothing, or that would hide answers of machines to us */
export async function checked(tx: Tx, given: MailRuleInput): Promise<MailRuleInput> {
  const { matches, mailboxId } = given
  const { recipients, labels, senders, kinds, subjects } = matches
  if ([recipients, labels, senders, kinds, subjects].every((entries) => entries.length === 0))
    throw new DeskError(
      'invalid_request',
      'Say which mail it is about: a recipient, a label, a sender, a kind or a word.',
    )
  for (const entry of senders)
    if (!/^@?[^\s@<>]+\.[^\s@<>]+$|^[^\s@<>]+@[^\s@<>]+$/.test(entry))
      throw new DeskError(
        'invalid_request',
        `«${entry}» is neither an address (ads@example.com) nor a domain (example.com).`,
      )
  for (const entry of recipients)
    if (!/^\+[^\s@<>+]+$|^[^\s@<>]+@[^\s@<>]+$/.test(entry))
      throw new DeskError(
        'invalid_request',
        `«${entry}» is no recipient. Write returns@example.com, or +returns for a tag.`,
      )
  for (const entry of subjects)
    if (!/[\p{L}\p{N}]/u.test(entry)) throw new DeskError('invalid_request', `«${entry}» has no word to look for.`)
  if (mailboxId !== null) {
    const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: mailboxId } }
    if (!(await tx.mailbox.findUnique({ where, select: { id: true } })))
      throw new DeskError('invalid_request', 'There is no such mailbox any more.')
  }
  return given
}
