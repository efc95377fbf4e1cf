import type { RuleAct } from '../../../../shared/rules.ts'
import type { Ctx } from '../../../context.ts'
import type { RuleActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { haveGiven } from '../../assignment/index.ts'
import { answerByMachine } from '../../drafts/index.ts'
import { snoozeIn, UNTIL_ANSWER } from '../../queues/index.ts'
import { escalateIn } from '../../sla/index.ts'
import { assignIn, categoriseIn, makeVoidIn, moveIn, noteIn, prioritiseIn, tagIn } from '../../tickets/index.ts'
import type { Facts } from '../judging/facts.ts'
import { tellOf } from './telling.ts'

const HOUR_MS = 3_600_000

/** On which ticket, by which rule, in which run of it. */
export type Doing = { ctx: Ctx; tx: Tx; facts: Facts; runId: string; by: RuleActor }

/**
 * Does one act as a person would do it.
 * @returns whether it changed anything
 * @throws DeskError what a person would be refused with
 */
export async function doAct({ ctx, tx, facts, runId, by }: Doing, act: RuleAct): Promise<boolean> {
  const { ticketId } = facts
  if (isSo(act, facts)) return false
  switch (act.do) {
    case 'priority':
      await prioritiseIn(tx, ticketId, { priority: act.priority }, by)
      return true
    case 'category':
      await categoriseIn(tx, ticketId, { category: act.category }, by)
      return true
    case 'tag':
      await tagIn(tx, ticketId, { add: act.tags, remove: [] }, by)
      return true
    case 'untag':
      await tagIn(tx, ticketId, { add: [], remove: act.tags }, by)
      return true
    case 'assign':
      await assignIn(tx, ticketId, { assigneeId: act.staffId }, by)
      return true
    case 'assign_next':
      return haveGiven(tx, ticketId)
    case 'status':
      await moveIn(tx, ticketId, { status: act.status }, by)
      return true
    case 'snooze':
      await snoozeIn(tx, ticketId, act.hours === null ? UNTIL_ANSWER : hoursFrom(tx.now, act.hours), by)
      return true
    case 'note':
      await noteIn(ctx, tx, { ticketId, text: act.text }, by)
      return true
    case 'escalate':
      await escalateIn(
        ctx,
        tx,
        { ticketId, toId: act.staffId, reason: 'other', text: by.name, raisePriority: false },
        by,
      )
      return true
    case 'tell':
      return tellOf(ctx, tx, { act, facts, runId, by })
    case 'reply':
      await replyOnce(ctx, tx, { ticketId, savedReplyId: act.savedReplyId }, by)
      return true
    case 'spam':
      await makeVoidIn(tx, ticketId, { reason: 'spam' }, by)
      return true
  }
}

/** What is so already is left alone, and tells nobody. */
export function isSo(act: RuleAct, facts: Facts): boolean {
  if (act.do === 'priority') return facts.priority === act.priority
  if (act.do === 'category') return facts.category === act.category
  if (act.do === 'tag') return act.tags.every((tag) => facts.tags.includes(tag))
  if (act.do === 'untag') return act.tags.every((tag) => !facts.tags.includes(tag))
  if (act.do === 'assign' || act.do === 'escalate') return facts.assigneeId === act.staffId
  if (act.do === 'status') return facts.status === act.status
  return act.do === 'snooze' && facts.snoozed
}

const hoursFrom = (now: Date, hours: number): Date => new Date(now.getTime() + hours * HOUR_MS)

type Reply = { ticketId: string; savedReplyId: string }

/** A ticket gets one automatic answer of all rules, for ever: two machines that answer each other stop here. */
async function replyOnce(ctx: Ctx, tx: Tx, reply: Reply, by: RuleActor): Promise<void> {
  const taken = await tx.$executeRaw`
    insert into desk.rule_reply (workspace_id, ticket_id, rule_id, at)
    values (${tx.workspaceId}::uuid, ${reply.ticketId}::uuid, ${by.id}::uuid, ${tx.now}) on conflict do nothing`
  if (taken === 0) throw new DeskError('already_done', 'This ticket had its one automatic answer.')
  await answerByMachine(ctx, tx, reply, by)
}

/** The code under which an act stands in the record. */
export function codeOf(act: RuleAct): string {
  if (act.do === 'priority') return `priority:${act.priority}`
  return act.do === 'status' ? `status:${act.status}` : act.do
}
