import type { Ctx } from '../../../context.ts'
import { askWorkspace } from '../../../platform/asking.ts'
import type { LastComparison } from '../../finance/index.ts'
import type { LastCertificate } from '../../intake/index.ts'
import { type TeamRow, teamSql } from './statement.ts'

/** Somebody who is logged in; `pause` is the break that they are on. */
export type Person = { name: string; pause: { label: string; since: string; allowedMinutes: number } | null }

/** How a team stands at this moment. */
export type Team = Pick<
  TeamRow,
  'zone' | 'open' | 'unassigned' | 'dueNext' | 'late' | 'approvals' | 'swaps' | 'forgotten'
> & {
  now: Date
  people: Person[]
  /** Names of those who have a shift and are not logged in. */
  missing: string[]
  /** The ticket whose customer waits longest. */
  oldest: { id: string; number: number; since: Date } | null
  /** What people left open when their work ended; the longest since then. */
  left: { count: number; since: Date | null }
  mailboxes: LastCertificate[]
  shops: LastComparison[]
}

/** One statement, one trip. */
export async function readTeam(ctx: Ctx, workspaceId: string): Promise<Team> {
  const now = ctx.clock.now()
  const [row] = await askWorkspace<TeamRow>(ctx, workspaceId, teamSql(workspaceId, now))
  if (!row) throw new Error(`There is no workspace ${workspaceId}`)
  const { people, missing, oldest, left, mailboxes, shops, ...counts } = row
  return {
    ...counts,
    now,
    people: people.map(personOf),
    missing: missing.map(({ name }) => name),
    oldest: oldest && { ...oldest, since: new Date(oldest.since) },
    left: { count: left.count, since: dateIn(left.since) },
    mailboxes: mailboxes.map(withDates),
    shops: shops.map(withDates),
  }
}

const personOf = ({ name, label, breakSince, allowedMinutes }: TeamRow['people'][number]): Person => ({
  name,
  pause:
    label === null || breakSince === null || allowedMinutes === null
      ? null
      : { label, since: breakSince, allowedMinutes },
})

const withDates = <T extends { since: string; at: string | null }>(told: T) => ({
  ...told,
  since: new Date(told.since),
  at: dateIn(told.at),
})

const dateIn = (text: string | null): Date | null => (text === null ? null : new Date(text))
