import type { Ctx } from '../../../context.ts'
import { type Fact, record } from '../../../platform/events.ts'
import { following } from '../../../platform/followers.ts'
import { newId } from '../../../platform/ids.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { staffDeactivated, staffRoleChanged } from '../../settings/index.ts'
import { worksOnTickets } from '../../tickets/index.ts'
import { workBegan, workEnded } from '../../workforce/index.ts'
import { workLeft } from '../events.ts'
import { type OpenRow, openWorkOf } from '../open/statement.ts'

/** Of each who goes at once; nobody has so much in hand. */
const MOST = 2_000

type Gone = { staffId: string; sessionId: string | null; at: Date; by: Fact['by'] }

/** What is open of somebody whose work ends, however it ends. */
async function rememberEnded(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const ended = facts.filter(({ historical }) => !historical)
  const isForGood = ({ payload }: Fact) => payload['how'] === 'left'
  await remember(tx, ended.filter(isForGood).map(goneIn(tx)), { forGood: true })
  await remember(tx, ended.filter((fact) => !isForGood(fact)).map(goneIn(tx)), { forGood: false })
}

/** Also of whoever is sent away while they are not at work; of others it is remembered by now. */
const rememberLeavers = async (_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> =>
  remember(tx, facts.filter(({ payload }) => !worksOnTickets(String(payload['role']))).map(goneIn(tx)), {
    forGood: true,
  })

/** It is remembered with the time: whoever leads sees it until it is settled. */
async function remember(tx: Tx, gone: readonly Gone[], { forGood }: { forGood: boolean }): Promise<void> {
  if (gone.length === 0) return
  const staffIds = gone.map(({ staffId }) => staffId)
  const open = await tx.$queryRaw<OpenRow[]>(openWorkOf(tx, { staffIds, limit: MOST * gone.length, forGood }))
  if (open.length === 0) return
  const left = gone.flatMap(({ staffId, sessionId, at }) =>
    open
      .filter((row) => row.staffId === staffId)
      .map(({ ticketId }) => ({
        workspaceId: tx.workspaceId,
        id: newId(tx.now),
        staffId,
        ticketId,
        sessionId,
        leftAt: at,
      })),
  )
  const select = { staffId: true }
  const kept = await tx.leftTicket.createManyAndReturn({ data: left, skipDuplicates: true, select })
  await record(
    tx,
    gone.flatMap(({ staffId, sessionId, by }) => {
      const tickets = kept.filter((row) => row.staffId === staffId).length
      return tickets === 0 ? [] : [workLeft({ leavingId: newId(tx.now), staffId, sessionId, tickets, by })]
    }),
  )
}

const goneIn =
  ({ now }: Tx) =>
  ({ payload, occurredAt, by }: Fact): Gone => ({
    staffId: String(payload['staffId']),
    sessionId: typeof payload['sessionId'] === 'string' ? payload['sessionId'] : null,
    at: occurredAt ?? now,
    by,
  })

/** Whoever is back looks after their own again. */
async function takeBack(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  await tx.leftTicket.updateMany({
    where: {
      workspaceId: tx.workspaceId,
      staffId: { in: facts.map(({ payload }) => String(payload['staffId'])) },
      settledAt: null,
    },
    data: { settledAt: tx.now, settledHow: 'back' },
  })
}

export const handoverFollowers = [
  following([workEnded], rememberEnded),
  following([staffDeactivated, staffRoleChanged], rememberLeavers),
  following([workBegan], takeBack),
]
