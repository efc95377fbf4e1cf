import { Prisma } from '../../../generated/prisma/client.ts'
import type { Tx } from '../../../platform/tenancy.ts'

/** A reading of earlier mail, and how far it has come. */
export type Backfill = {
  id: string
  mailboxId: string
  since: Date
  until: Date
  reachedAt: Date
  span: number
  state: 'running' | 'paused' | 'done' | 'stopped'
  problem: string | null
  listed: number
  taken: number
  startedAt: Date
  updatedAt: Date
  endedAt: Date | null
}

export const OPEN_STATES = ['running', 'paused'] as const

/** The newest reading of a mailbox; null while there was none. */
export const lastBackfill = async (tx: Tx, mailboxId: string): Promise<Backfill | null> =>
  (await tx.mailboxBackfill.findFirst({
    where: { workspaceId: tx.workspaceId, mailboxId },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
  })) as Backfill | null

/** The one that goes on, held until the transaction ends; null when there is none. */
export async function lockRunning(tx: Tx, mailboxId: string): Promise<Backfill | null> {
  const [row] = await tx.$queryRaw<Backfill[]>`
    ${backfillSql} where workspace_id = ${tx.workspaceId}::uuid and mailbox_id = ${mailboxId}::uuid and state = 'running' for update`
  return row ?? null
}

const backfillSql = Prisma.sql`
  select id::text, mailbox_id::text as "mailboxId", since, until, reached_at as "reachedAt", span, state, problem, listed, taken,
    started_at as "startedAt", updated_at as "updatedAt", ended_at as "endedAt" from desk.mailbox_backfill`

/** How much of the time has been read, from 0 to 1. */
export function shareOf({ since, until, reachedAt }: Pick<Backfill, 'since' | 'until' | 'reachedAt'>): number {
  const whole = until.getTime() - since.getTime()
  return whole === 0 ? 1 : (reachedAt.getTime() - since.getTime()) / whole
}

/** Less of the time says too little about the rest. */
const ENOUGH = 0.02

/** How many mails there will be in all, by how many there were so far; null while too little was read. Gmail's own estimate is none. */
export function estimateOf(run: Pick<Backfill, 'since' | 'until' | 'reachedAt' | 'listed'>): number | null {
  const share = shareOf(run)
  return share < ENOUGH ? null : Math.round(run.listed / share)
}
