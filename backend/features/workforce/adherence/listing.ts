import { MOST_ADHERENCE_DAYS, type PersonAdherence } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { personIn } from '../clocking/days.ts'
import { daysFrom } from '../shifts/days.ts'
import { adherenceIn, daySpansOf } from './facts.ts'

type Days = { from: string; to: string }
type Asked = Days & { staffId?: string | undefined; cursor?: string | undefined; limit: number }

/** A page of people; the next one goes on behind its last. @throws DeskError invalid_request */
export async function listAdherence(
  ctx: Ctx,
  tx: Tx,
  { from, to, staffId, cursor, limit }: Asked,
): Promise<{ items: PersonAdherence[]; next: string | null }> {
  refuseDays({ from, to })
  const list = `adherence/${tx.workspaceId}/${from}/${to}/${staffId ?? ''}`
  const place = readCursor(ctx.signer, list, cursor)
  const after = place && { name: String(place[0]), id: String(place[1]) }
  const people = await adherenceIn(tx, await daySpansOf(tx, { from, to }), { staffId, after, limit: limit + 1 })
  const items = people.slice(0, limit)
  const last = people.length > limit ? items.at(-1)?.staff : undefined
  return { items, next: last ? packCursor(ctx.signer, list, [last.name, last.id]) : null }
}

/** One person's. @throws DeskError not_found, invalid_request */
export async function adherenceOfPerson(tx: Tx, staffId: string, days: Days): Promise<PersonAdherence> {
  refuseDays(days)
  const staff = await personIn(tx, staffId)
  const [person] = await adherenceIn(tx, await daySpansOf(tx, days), { staffId, limit: 1 })
  return person ?? { staff, days: [] }
}

/** @throws DeskError invalid_request */
export function refuseDays({ from, to }: Days): void {
  if (to < from) throw new DeskError('invalid_request', 'The last day comes after the first.')
  if (daysFrom(from, to) >= MOST_ADHERENCE_DAYS)
    throw new DeskError('invalid_request', `Choose ${MOST_ADHERENCE_DAYS} days at most.`)
}
