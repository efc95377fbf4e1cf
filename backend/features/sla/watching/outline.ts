import type { EscalationReason, SlaTarget, SlaTold } from '../../../../shared/sla.ts'
import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { formatNumber } from '../../tickets/index.ts'
import { rulesIn } from '../rules/loading.ts'
import { minutesInWords, REASON_WORDS, TARGET_WORDS } from '../showing/words.ts'

/** What a mail about a late ticket, or one that is nearly late, needs to say. */
export type LateOutline = {
  number: string
  target: string
  limit: string
  assigneeId: string | null
  warning: SlaTold
  breach: SlaTold
}

type Late = { ticketId: string; target: SlaTarget; policyId: string; limitSeconds: number }

/** By the policy of today; of one that is gone nobody is told. */
export async function lateOutline(tx: Tx, { ticketId, target, policyId, limitSeconds }: Late): Promise<LateOutline> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: ticketId } }
  const { number, assigneeId } = await tx.ticket.findUniqueOrThrow({
    where,
    select: { number: true, assigneeId: true },
  })
  const policy = (await rulesIn(tx)).rules.policies.find(({ id }) => id === policyId)
  return {
    number: formatNumber(number),
    target: TARGET_WORDS[target].toLowerCase(),
    limit: minutesInWords(Math.round(limitSeconds / 60), policy?.unit),
    assigneeId,
    warning: policy?.onWarning.tell ?? 'nobody',
    breach: policy?.onBreach.tell ?? 'nobody',
  }
}

export type EscalationOutline = { number: string; toId: string; by: string; reason: string; word: string | null }

/** Who handed a ticket to whom, and why. */
export async function escalationOutline(ctx: Ctx, tx: Tx, id: string): Promise<EscalationOutline> {
  const { workspaceId } = tx
  const where = { workspaceId_id: { workspaceId, id } }
  const { ticketId, toId, byId, reason, word } = await tx.slaEscalation.findUniqueOrThrow({ where })
  const ticket = await tx.ticket.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: ticketId } },
    select: { number: true },
  })
  const by = await tx.staff.findUnique({ where: { workspaceId_id: { workspaceId, id: byId } }, select: { name: true } })
  return {
    number: formatNumber(ticket.number),
    toId,
    by: by?.name ?? (await ruleNamed(tx, byId)) ?? 'A former colleague',
    reason: REASON_WORDS[reason as EscalationReason],
    word: word && (await ctx.keyring.box(tx)).openText('sla_escalation.word', id, word),
  }
}

/** A rule may escalate, too. */
async function ruleNamed(tx: Tx, id: string): Promise<string | null> {
  const rule = await tx.rule.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
    select: { name: true },
  })
  return rule && `Rule «${rule.name}»`
}
