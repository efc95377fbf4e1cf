import type { ActionSettings, LimitsTrial } from '../../../../shared/combined-actions.ts'
import { amountOf } from '../../../../shared/money.ts'
import type { Ctx } from '../../../context.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { sinceFor } from '../../orders/index.ts'
import { settingsIn } from '../rules/settings.ts'
import { type Weighed, weighPast } from './past.ts'
import { MOST_ACTIONS, pastActions, pastGifts } from './reading.ts'

/** As far back as limits are tried. */
export const TRIED_DAYS = 90
const DAY_MS = 86_400_000
/** More than anybody reads one by one. */
export const LISTED = 200

/** Tries limits on the actions of the last 90 days; nothing is written. Other causes for a second person stay as they are. */
export const tryLimits = (ctx: Ctx, workspaceId: string, tried: ActionSettings): Promise<LimitsTrial> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const since = new Date(tx.now.getTime() - TRIED_DAYS * DAY_MS)
      const back = sinceFor(since) // a limit of a year needs the year before
      const actions = await pastActions(tx, back)
      const settings = { today: await settingsIn(tx), tried }
      const weighed = weighPast(await pastGifts(tx, back), actions, since.getTime(), settings)
      const leftOut = actions.length < MOST_ACTIONS ? 0 : await countBefore(tx, since, actions[0]?.at ?? 0)
      return { ...(await told(tx, weighed)), leftOut }
    },
    { reads: true },
  )

async function told(tx: Tx, weighed: readonly Weighed[]): Promise<Omit<LimitsTrial, 'leftOut'>> {
  const changed = weighed.filter(({ was, will }) => was.length > 0 !== will.length > 0)
  return {
    actions: weighed.length,
    values: valuesOf(weighed),
    was: heldBy(weighed.filter(({ was }) => was.length > 0)),
    will: heldBy(weighed.filter(({ will }) => will.length > 0)),
    people: await peopleOf(tx, changed),
    changed: changed
      .slice(-LISTED)
      .reverse()
      .map(({ action, was, will }) => ({
        actionId: action.id,
        ticketId: action.ticketId,
        at: new Date(action.at).toISOString(),
        value: amountOf({ minor: action.valueMinor, currency: action.currency }),
        willBeHeld: will.length > 0,
        words: (will.length > 0 ? will : was).map(({ words }) => words),
      })),
  }
}

const heldBy = (held: readonly Weighed[]) => ({ actions: held.length, values: valuesOf(held) })

function valuesOf(weighed: readonly Weighed[]) {
  const sums = new Map<string, number>()
  for (const { action } of weighed) sums.set(action.currency, (sums.get(action.currency) ?? 0) + action.valueMinor)
  return [...sums].sort().map(([currency, minor]) => amountOf({ minor, currency }))
}

async function peopleOf(tx: Tx, changed: readonly Weighed[]): Promise<LimitsTrial['people']> {
  const ids = [...new Set(changed.map(({ action }) => action.byId))]
  const staff = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  })
  const names = new Map(staff.map(({ id, name }) => [id, name]))
  return ids
    .map((staffId) => {
      const theirs = changed.filter(({ action }) => action.byId === staffId)
      const held = theirs.filter(({ will }) => will.length > 0).length
      return { staffId, name: names.get(staffId) ?? 'Somebody who has left', held, freed: theirs.length - held }
    })
    .sort((a, b) => b.held + b.freed - (a.held + a.freed))
}

async function countBefore(tx: Tx, since: Date, first: number): Promise<number> {
  const where = { workspaceId: tx.workspaceId, createdAt: { gte: since, lt: new Date(first) } }
  return first <= since.getTime() ? 0 : tx.combinedAction.count({ where })
}
