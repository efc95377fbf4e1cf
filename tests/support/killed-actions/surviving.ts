import { expect } from '@jest/globals'
import { approveAction, declineAction } from '../../../backend/features/combined-actions/deciding/agreeing.ts'
import { newId } from '../../../backend/platform/ids.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import type { FaultKind } from '../../../workbench/emulators/shopify/faults.ts'
import { actionsAt } from '../action-plans.ts'
import { type Random, randomFrom, seedOfRun } from '../random.ts'
import { expectOnce, expectSums, holdsOn } from './books.ts'
import { type Case, drawCases, oneOf } from './cases.ts'
import { type KilledDesk, startKilledDesk } from './killed-desk.ts'
import { MOMENTS } from './traps.ts'

/** Actions that are on their way at the same time. */
const AT_ONCE = 20
const MOST_ROUNDS = 40
const A_DAY = 86_400

const FAULTY = [
  'refundCreate',
  'giftCardCreate',
  'orderCreate',
  'orderCancel',
  'fulfillmentOrderHold',
  'fulfillmentOrderReleaseHold',
  'tagsAdd',
  'order',
  'orderByIdentifier',
  'giftCards',
]
const FAULTS: FaultKind[] = [
  'drop-before',
  'drop-after',
  '502-before',
  '502-after',
  '429',
  '503',
  'throttle',
  'internal-error',
  'broken-json',
  'partial',
  'in-progress',
]

const ENDED = new Set(['done', 'undone', 'declined', 'stopped'])

/** Lets the worker die at the boundaries of so many actions, and goes through the shop's books. @returns how often it died */
export async function surviveKilledActions(count: number): Promise<number> {
  const seed = seedOfRun()
  console.log(`SEED=${seed} repeats this run`)
  const random = randomFrom(seed)
  const killed = await startKilledDesk()
  try {
    const cases = await drawCases(killed.desk, random, count)
    await killed.start()
    for (let from = 0; from < count; from += AT_ONCE) await wave(killed, random, cases.slice(from, from + AT_ONCE))
    for (const one of cases) expectOnce(killed.desk.fern.shop, one)
    expectSums(killed.desk.fern.shop, cases)
    return killed.kills()
  } finally {
    await killed.stop()
  }
}

async function wave(killed: KilledDesk, random: Random, cases: readonly Case[]): Promise<void> {
  const first = Math.floor(random() * cases.length)
  for (const [index, one] of [...cases.slice(first), ...cases.slice(0, first)].entries()) {
    const boundary = BOUNDARIES[Math.floor((index * BOUNDARIES.length) / cases.length)] as Boundary
    await begin(killed, random, one, boundary)
  }
  await killed.rest()
  await killed.kill() // while they can be taken back, or wait to be agreed to
  await killed.rest()
  for (const one of cases) await decide(killed, one)
  await killed.pass('61 s')
  const actions = actionsAt(killed.desk)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await killed.rest()
    const rows = await Promise.all(cases.map(({ planned }) => actions.row(planned.plan.actionId)))
    for (const { id, state, problem, problemWords } of rows) {
      if (state !== 'parked') continue
      expect([id, problem, problemWords !== null]).toEqual([id, expect.any(String), true])
      await actions.resume(id)
    }
    const { shop } = killed.desk.fern
    if (rows.every(({ state }) => ENDED.has(state)) && cases.every((one) => holdsOn(shop, one) === 0)) break
    await killed.pass('101 s') // a killed worker's step goes on when its lease is over
  }
  killed.traps.clear()
  killed.desk.shopify.faults.clear()
  await expectEnded(killed, cases)
}

/** One after another, so that one death serves all actions that are at the same one; all of them meet the one during the wait. */
const BOUNDARIES = ['before plan', 'at a call', 'at a call', 'at a call', 'after plan'] as const
type Boundary = (typeof BOUNDARIES)[number]

async function begin(killed: KilledDesk, random: Random, one: Case, boundary: Boundary): Promise<void> {
  const actions = actionsAt(killed.desk)
  const trap = { operation: oneOf(random, one.calls), moment: oneOf(random, MOMENTS), about: wordsOf(one) }
  if (random() < 0.5) killed.desk.shopify.faults.add({ operation: oneOf(random, FAULTY), kind: oneOf(random, FAULTS) })
  if (boundary === 'before plan') void killed.kill()
  if (boundary === 'at a call') killed.traps.lay(trap)
  const undoable = one.way === 'undone' ? { undoSeconds: A_DAY } : {} // a slow machine must not be what is too late
  await actions.confirm(one.order, one.planned, { causes: one.causes, ...undoable })
  if (boundary === 'after plan') void killed.kill()
}

/** What the calls of an action say: its marks, its order, and what waits to be sent of it. */
const wordsOf = ({ planned: { plan }, order }: Case): string[] => [
  plan.actionId,
  order.id,
  ...plan.steps.flatMap(({ request }) => (request.kind === 'hold' ? request.fulfilmentOrderIds : [])),
  'OrderCancelJobResult',
  '"definition"',
]

async function decide({ desk }: KilledDesk, { way, planned }: Case): Promise<void> {
  const { actionId } = planned.plan
  const actions = actionsAt(desk)
  if (way === 'undone') await actions.undo(actionId)
  if (way === 'approved' || way === 'declined')
    await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      const by = actions.actor('vera')
      const decision = { decidedAt: tx.now, decision: way }
      await tx.actionApproval.upsert({
        where: {
          workspaceId_actionId_approverId: { workspaceId: tx.workspaceId, actionId, approverId: by.id },
        },
        create: { workspaceId: tx.workspaceId, id: newId(), actionId, approverId: by.id, askedAt: tx.now, ...decision },
        update: decision,
      })
      if (way === 'approved') await approveAction(tx, { actionId, by, undoSeconds: 60 })
      else await declineAction(desk.ctx, tx, { actionId, by })
    })
}

async function expectEnded({ desk, worker }: KilledDesk, cases: readonly Case[]): Promise<void> {
  const actions = actionsAt(desk)
  for (const { name, way, planned } of cases) {
    const { state, problem, steps } = await actions.row(planned.plan.actionId)
    const wanted = way === 'undone' || way === 'declined' ? way : 'done'
    const told = `${steps.map((step) => `${step.kind} ${step.state}`).join(', ')}; ${problem}; ${worker.lines().slice(-5).join('\n')}`
    expect([name, state, state === wanted ? '' : told]).toEqual([name, wanted, ''])
  }
}
