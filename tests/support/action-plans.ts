import { undoAction } from '../../backend/features/combined-actions/undoing.ts'
import { settingsIn } from '../../backend/features/combined-actions/settings.ts'
import type { Planned } from '../../backend/features/combined-actions/planning/planning.ts'
import { startAction } from '../../backend/features/combined-actions/starting.ts'
import type { StaffActor } from '../../backend/platform/actor.ts'
import { newId } from '../../backend/platform/ids.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { ActionInput, type ApprovalCause, type StepKind, type StepState } from '../../shared/combined-actions.ts'
import type { OrderRecord } from '../../workbench/emulators/shopify/store/records/orders.ts'
import { ledgerOf } from '../../workbench/emulators/shopify/effects.ts'
import { plannerOf } from './action-orders.ts'
import type { StaffName } from './desk.ts'
import type { ShopDesk } from './shop.ts'

export type Given = Omit<Parameters<typeof ActionInput.parse>[0] & object, never>

type Confirming = {
  by?: StaffName
  draftId?: string
  ticketId?: string
  causes?: ApprovalCause[]
  undoSeconds?: number
}

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
        },
        causes,
        settings: { undoSeconds: how.undoSeconds ?? undoSeconds },
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
        await desk.tick()
        await desk.settle()
      }
    },
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
