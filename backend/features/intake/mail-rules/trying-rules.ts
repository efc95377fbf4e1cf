import {
  MAIL_RULE_LIMITS,
  type MailRuleInput,
  type MailRuleTrial,
  type TriedMail,
} from '../../../../shared/mail-rules.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { newId } from '../../../platform/ids.ts'
import type { Box } from '../../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type House, houseOf } from '../house.ts'
import { ParserFailed } from '../parsing/child-process.ts'
import type { MailText } from '../parsing/parsed-mail.ts'
import { writerOf } from '../writer.ts'
import { judgedOf, verdictOf } from './judging.ts'
import { type LabelNames, labelNamesIn, namesOf } from './labels.ts'
import { mailRulesIn, type StoredRule } from './rows.ts'
import { checked, placedAt } from './writing.ts'

type Wish = MailRuleInput & { position?: number | undefined; ruleId?: string | undefined }

type Row = {
  mailboxId: string
  rawId: string
  content: Uint8Array
  labels: string[]
  at: Date
  outcome: string
  direction: string | null
}

type World = {
  house: House
  box: Box
  rules: StoredRule[]
  names: Map<string, LabelNames>
  rows: Row[]
  skipped: number
}

/**
 * What a rule would have done with the newest mails that came in: each is read again from its kept bytes, outside any transaction, and
 * judged by all rules with this one in its place. Nothing is changed.
 */
export async function tryRule(ctx: Ctx, { position, ruleId, ...given }: Wish, by: Actor): Promise<MailRuleTrial> {
  const id = ruleId ?? newId(ctx.clock.now())
  const world = await inWorkspace(ctx, by.workspaceId, (tx) => worldOf(ctx, tx, given, { id, position }), {
    reads: true,
  })
  const { rows, box } = world
  const trial: MailRuleTrial = { looked: 0, skipped: world.skipped, answers: 0, items: [] }
  for (let at = 0; at < rows.length; at += AT_A_TIME) {
    const some = rows.slice(at, at + AT_A_TIME)
    const mails = await Promise.all(some.map((row) => mailOf(ctx, box, row)))
    for (const [n, mail] of mails.entries()) look(trial, world, id, some[n], mail)
  }
  // the newest mails to us are not in the order of their own time where many were read at once
  trial.items.sort((one, other) => other.at.localeCompare(one.at))
  return trial
}

/** Parser processes are for mail that comes; a trial takes one or two. */
const AT_A_TIME = 2

async function worldOf(
  ctx: Ctx,
  tx: Tx,
  given: MailRuleInput,
  { id, position }: { id: string; position: number | undefined },
): Promise<World> {
  const before = (await mailRulesIn(tx)).rules
  const rule = { ...(await checked(tx, given)), id, preset: null, active: true }
  const stands = before.findIndex((one) => one.id === id) + 1
  const rules = placedAt(before, rule, position ?? (stands > 0 ? stands : before.length + 1))
  const mailboxes = await tx.mailbox.findMany({ where: { workspaceId: tx.workspaceId }, select: { id: true } })
  const rows = await tx.$queryRaw<(Omit<Row, 'content'> & { content: Uint8Array | null })[]>(
    newestSql(
      tx.workspaceId,
      mailboxes.map(({ id: mailboxId }) => mailboxId),
    ),
  )
  const names = new Map<string, LabelNames>()
  for (const mailbox of mailboxes) names.set(mailbox.id, await labelNamesIn(tx, mailbox.id))
  const readable = rows.flatMap(({ content, ...row }) => (content === null ? [] : [{ ...row, content }]))
  const skipped = rows.length - readable.length
  return { house: await houseOf(tx), box: await ctx.keyring.box(tx), rules, names, rows: readable, skipped }
}

/** The newest mails of each mailbox by its index, then the newest of these; exported so that a test can look at its plan. */
export const newestSql = (workspaceId: string, mailboxIds: readonly string[]): Prisma.Sql => Prisma.sql`
  select n.mailbox_id::text as "mailboxId", n.raw_id::text as "rawId", r.content, n.labels, coalesce(n.accepted_at, n.received_at) as at, n.outcome,
    g.direction
  from unnest(${[...mailboxIds]}::uuid[]) as b (id)
  cross join lateral (select m.mailbox_id, m.raw_id, m.raw_at, m.labels, m.accepted_at, m.received_at, m.outcome, m.message_id from desk.mailbox_mail m
    where m.workspace_id = ${workspaceId}::uuid and m.mailbox_id = b.id and m.state = 'ended' and m.raw_id is not null
    order by m.received_at desc limit ${MAIL_RULE_LIMITS.triedMails}) n
  cross join lateral (select raw.content from desk.raw_mail raw
    where raw.workspace_id = ${workspaceId}::uuid and raw.stored_at = n.raw_at and raw.id = n.raw_id limit 1) r
  left join desk.message g on g.workspace_id = ${workspaceId}::uuid and g.id = n.message_id
  order by n.received_at desc limit ${MAIL_RULE_LIMITS.triedMails}`

/** null for one that cannot be read. */
async function mailOf(ctx: Ctx, box: Box, { rawId, content }: Row): Promise<MailText | null> {
  try {
    return await ctx.mailParser.parse(box.open('raw_mail', rawId, content))
  } catch (error) {
    if (error instanceof ParserFailed) return null
    throw error
  }
}

function look(trial: MailRuleTrial, world: World, ruleId: string, row: Row | undefined, mail: MailText | null): void {
  if (!row) return
  if (!mail) {
    trial.skipped++
    return
  }
  trial.looked++
  const was = wasOf(row)
  if (was === 'answer') trial.answers++
  if (was === 'answer' || was === 'other') return
  const { house, rules, names } = world
  const labels = namesOf(row.labels, names.get(row.mailboxId) ?? new Map())
  const verdict = verdictOf(rules, judgedOf(mail, house, row.mailboxId, labels))
  if (verdict?.ruleId !== ruleId) return
  const sender = writerOf(mail, house).address
  trial.items.push({
    at: row.at.toISOString(),
    sender,
    subject: mail.subject.slice(0, 300),
    was,
    would: verdict.outcome,
  })
}

/** Our own mail and spam are none that rules are asked about. */
function wasOf({ outcome, direction }: Row): TriedMail['was'] {
  if (outcome === 'ignored') return 'ignored'
  if (direction === 'in' && outcome === 'ticket') return 'ticket'
  return direction === 'in' && outcome === 'joined' ? 'answer' : 'other'
}
