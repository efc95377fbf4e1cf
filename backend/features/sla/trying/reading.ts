import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { SlaRules, type SlaTrial } from '../../../../shared/sla.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { rulesIn } from '../rules/loading.ts'
import { type TriedPolicy, triedPolicies } from './differing.ts'
import { Found } from './found.ts'

const MINUTE_MS = 60_000

/** @throws DeskError not_found */
async function trialOf(tx: Tx, id: string) {
  const { workspaceId } = tx
  const where = { workspaceId_id: { workspaceId, id } }
  const trial = z.uuid().safeParse(id).success ? await tx.slaTrial.findUnique({ where }) : null
  if (trial) return trial
  throw new DeskError('not_found', 'This trial is not kept any more: only the newest ones are. Try the rules again.')
}

/** What a trial would change of the rules of today. @property others hours or tiers, which only programs try */
export type Tried = { policies: TriedPolicy[]; others: boolean }

/** @throws DeskError not_found */
export async function triedIn(tx: Tx, id: string): Promise<Tried> {
  const tried = SlaRules.parse((await trialOf(tx, id)).rules)
  const { rules: today } = await rulesIn(tx)
  const others = (rules: SlaRules) => [rules.hours, rules.tiers]
  return { policies: triedPolicies(tried, today), others: !isDeepStrictEqual(others(tried), others(today)) }
}

/** @throws DeskError not_found */
export async function readTrial(tx: Tx, id: string): Promise<SlaTrial> {
  const { workspaceId } = tx
  const trial = await trialOf(tx, id)
  const { tickets, targets, lateMs, people, changed } = Found.parse(trial.found)
  const staff = await tx.staff.findMany({
    where: { workspaceId, id: { in: Object.keys(people).filter((one) => one !== 'nobody') } },
    select: { id: true, name: true },
  })
  const names = new Map(staff.map(({ id: staffId, name }) => [staffId, name]))
  const inMinutes = (ms: number) => Math.round(ms / MINUTE_MS)
  return {
    id,
    name: trial.name,
    askedAt: trial.askedAt.toISOString(),
    endedAt: trial.endedAt?.toISOString() ?? null,
    tickets,
    targets,
    lateMinutes: { was: inMinutes(lateMs.was), will: inMinutes(lateMs.will) },
    people: Object.entries(people)
      .map(([staffId, counts]) =>
        staffId === 'nobody'
          ? { staffId: null, name: 'Nobody’s', ...counts }
          : { staffId, name: names.get(staffId) ?? 'Somebody who has left', ...counts },
      )
      .sort((a, b) => b.late + b.spared - (a.late + a.spared)),
    changed: changed.map(({ ticketId, number, target, willBeLate }) => ({ ticketId, number, target, willBeLate })),
  }
}

/** The newest ones, for the page that leads to them. */
export const trialsIn = (tx: Tx): Promise<{ id: string; name: string; askedAt: Date }[]> =>
  tx.slaTrial.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    take: 5,
    select: { id: true, name: true, askedAt: true },
  })
