import { resumeAction } from '../../backend/features/combined-actions/deciding/resuming.ts'
import { startAction } from '../../backend/features/combined-actions/deciding/starting.ts'
import { stopAction } from '../../backend/features/combined-actions/deciding/stopping.ts'
import { undoAction } from '../../backend/features/combined-actions/deciding/undoing.ts'
import { actionSchedule } from '../../backend/features/combined-actions/jobs.ts'
import type { Planned } from '../../backend/features/combined-actions/planning/planning.ts'
import { settingsIn } from '../../backend/features/combined-actions/rules/settings.ts'
import type { StaffActor } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput, type ApprovalCause, type StepKind, type StepState } from '../../shared/combined-actions.ts'
import { ledgerOf } from '../../workbench/emulators/shopify/effects.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { plannerOf } from './action-orders.ts'
import type { StaffName } from './desk.ts'
import type { ShopDesk } from './shop.ts'

type Confirming = {
  by?: StaffName
  draftId?: string
  ticketId?: string
  causes?: ApprovalCause[]
  undoSeconds?: number
  revisesId?: string
}

export const HOME = {
  firstName: 'Ada',
  lastName: 'Moss',
  address1: '4 Fern Lane',
  city: 'London',
  zip: 'SE1 7PB',
  country: 'GB',
}

/** The first line of an order. */
export const firstLine = ({ lines }: { lines: { id: string }[] }): string => lines[0]?.id ?? ''

/** Everything at once for goods that arrived spilled: one tea again, the shipping back, a card of 5.00. */
export const everything = (order: { lines: { id: string }[] }) => ({
  reship: { lines: [{ lineId: firstLine(order), quantity: 1 }], address: HOME, method: 'Standard' },
  refund: { what: 'shipping' },
  giftCard: { amount: { minor: 500, currency: 'GBP' } },
})

/** Actions as they are confirmed and carried out, seen from the rows and from the shop. */
export function actionsAt(desk: ShopDesk) {
  const planner = plannerOf(desk)
  const { ctx, workspaceId, staff, fern } = desk

  const actor = (name: StaffName): StaffActor => ({
    kind: 'staff',
    workspaceId,
    id: staff[name].id,
    name: staff[name].name,
    role: name === 'vera' ? 'supervisor' : name === 'ada' ? 'admin' : 'agent',
  })

  const planFor = async (order: Pick<OrderRecord, 'id'>, parts: object): Promise<Planned> =>
    planner.plan(await planner.read(order), ActionInput.parse({ reason: { code: 'spilled' }, ...parts }))

  /** Confirms what was planned; nothing has left when this answers. */
  const confirm = async (order: Pick<OrderRecord, 'id'>, { plan }: Planned, how: Confirming = {}) => {
    const { by = 'nora', draftId = newId(), ticketId = newId(), causes = [] } = how
    const orderId = await planner.idOf(order)
    return inWorkspace(ctx, workspaceId, async (tx) => {
      const { undoSeconds } = await settingsIn(tx)
      return startAction(ctx, tx, {
        draftId,
        ticketId,
        order: { orderId, shopId: desk.shopId(fern.shop.domain), customerShopifyId: null, emailKey: null },
        by: actor(by),
        plan,
        content: {
          plan,
          order: { name: 'FF-1001', customer: 'Ada', currency: 'GBP', customerCurrency: 'GBP' },
          compensation: '',
          receivers: [],
        },
        lines: [],
        causes,
        settings: { undoSeconds: how.undoSeconds ?? undoSeconds },
        revisesId: how.revisesId,
      })
    })
  }

  const row = (actionId: string) =>
    desk.read((tx) =>
      tx.combinedAction.findUniqueOrThrow({
        where: { workspaceId_id: { workspaceId, id: actionId } },
        include: { steps: { orderBy: { position: 'asc' } } },
      }),
    )

  return {
    ...planner,
    actor,
    planFor,
    confirm,
    row,
    /** Plans, confirms and says its id. */
    async begin(order: Pick<OrderRecord, 'id'>, parts: object, how: Confirming = {}): Promise<string> {
      return (await confirm(order, await planFor(order, parts), how)).actionId
    },
    /** The state of each step, by its kind. */
    async steps(actionId: string): Promise<Partial<Record<StepKind, StepState>>> {
      const { steps } = await row(actionId)
      return Object.fromEntries(steps.map(({ kind, state }) => [kind, state]))
    },
    /** What a person reads about why it stands still. */
    async problem(actionId: string): Promise<string | null> {
      const { problemWords } = await row(actionId)
      if (problemWords === null) return null
      return desk.read(async (tx) =>
        (await ctx.keyring.box(tx)).openText('combined_action.problem_words', actionId, problemWords),
      )
    },
    undo: (actionId: string, by: StaffName = 'nora') => undoAction(ctx, actionId, actor(by)),
    /** The undo window passes, and all that can be done is done. */
    async leave(): Promise<void> {
      await desk.settle()
      await desk.travel('61 s')
      await desk.settle()
    },
    /** Time passes in small pieces, as it does while something is looked up again and again. */
    async pass(minutes: number): Promise<void> {
      for (let half = 0; half < minutes * 2; half++) {
        await desk.travel('30 s')
        await desk.settle()
      }
    },
    /** The minute's tick of the actions. */
    async tick(): Promise<void> {
      for (const { job } of actionSchedule) await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, job, {}))
      await desk.settle()
    },
    resume: (actionId: string, by: StaffName = 'nora') => resumeAction(ctx, actionId, actor(by)),
    stop: (actionId: string, by: StaffName = 'nora') => stopAction(ctx, actionId, actor(by)),
    /** How often each thing happened in the shop since the last time it was asked. */
    counted: countingFrom(() => ledgerOf(fern.shop).counts),
  }
}

/** Counts that start anew with each look. */
function countingFrom(look: () => Record<string, number>): () => Record<string, number> {
  let before: Record<string, number> = {}
  return () => {
    const now = look()
    const since = Object.entries(now).flatMap(([kind, count]) => {
      const more = count - (before[kind] ?? 0)
      return more === 0 ? [] : [[kind, more] as const]
    })
    before = { ...now }
    return Object.fromEntries(since)
  }
}
