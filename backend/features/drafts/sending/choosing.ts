import type { SendingChoice } from '../../../../shared/sending.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { dayIn, instantIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { refuseUnfilled } from '../../fields/index.ts'
import { zoneOf } from '../../settings/index.ts'
import { type AfterSending, lockTicket } from '../../tickets/index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOON = 12 * 60
const MOST_DAYS = 90

/** What a person wants to happen to a ticket when their answer is read as sent. */
export const chooseAfterSending = (ctx: Ctx, ticketId: string, when: SendingChoice, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    if (when === 'solve') await refuseUnfilled(tx, ticket)
    await chooseIn(tx, ticketId, when, by)
  })

/** The same inside a transaction that holds the ticket. */
export async function chooseIn(tx: Tx, ticketId: string, when: SendingChoice, by: Actor): Promise<void> {
  const { workspaceId, now } = tx
  if (by.kind !== 'staff') throw new DeskError('forbidden', 'What happens after sending is chosen by whoever answers.')
  const where = { workspaceId, ticketId, staffId: by.id }
  if (when === 'default') {
    await tx.sendIntent.deleteMany({ where })
    return
  }
  const chosen = { ...chosenBy(when, now, await zoneOf(tx)), madeAt: now }
  await tx.sendIntent.upsert({
    where: { workspaceId_ticketId_staffId: where },
    create: { ...where, ...chosen },
    update: chosen,
  })
}

type Chosen = Pick<AfterSending, 'kind' | 'until'>

/** @throws DeskError invalid_request for a time that has passed, or that is too far away */
function chosenBy(when: Exclude<SendingChoice, 'default'>, now: Date, timeZone: string): Chosen {
  const keep = (until: Date | null): Chosen => ({ kind: 'keep', until })
  switch (when) {
    case 'solve':
    case 'wait':
      return { kind: when, until: null }
    case 'keep':
      return keep(null)
    case 'keep_2h':
      return keep(new Date(now.getTime() + 2 * HOUR_MS))
    case 'keep_4h':
      return keep(new Date(now.getTime() + 4 * HOUR_MS))
    case 'keep_tomorrow':
      return keep(noonIn(now, timeZone, 1))
    case 'keep_3d':
      return keep(noonIn(now, timeZone, 3))
    default:
      return keep(ahead(new Date(when), now))
  }
}

const noonIn = (now: Date, timeZone: string, days: number): Date =>
  instantIn(
    timeZone,
    new Date(Date.parse(`${dayIn(timeZone, now)}T12:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10),
    NOON,
  )

function ahead(at: Date, now: Date): Date {
  if (at <= now) throw new DeskError('invalid_request', 'This time has passed. Choose a later one.')
  if (at.getTime() - now.getTime() > MOST_DAYS * DAY_MS)
    throw new DeskError('invalid_request', `An answer is owed within ${MOST_DAYS} days at most. Choose a nearer day.`)
  return at
}
