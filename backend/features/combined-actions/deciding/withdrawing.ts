import type { ActionState, StepState } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Fact } from '../../../platform/events.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { planAll, withdraw } from '../../../platform/journal.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { dropIssue } from '../../gift-cards/index.ts'
import { openActionContent, plannedOf } from '../content.ts'
import { type ActionRow, changeAction, changeStep, type StepRow } from '../locking.ts'
import type { ActionContent } from '../plan.ts'
import { wake, wakeAt } from '../queueing.ts'
import { entryOf, releaseOf } from '../step-entries.ts'

export type Withdrawn = {
  actionId: string
  /** In words, what is not done any more. */
  stopped: string[]
  /** Whether goods that were held are let go. */
  releases: boolean
}

type Ending = {
  as: Extract<ActionState, 'undone' | 'declined' | 'stopped'>
  by: Pick<Actor, 'kind' | 'id'>
  event: (facts: { ticketId: string; actionId: string; by: Pick<Actor, 'kind' | 'id'> }) => Fact
  /** When held goods are let go; at once when left out. */
  releasesAt?: Date
}

/** Ends a held action early: what is done stays, what was not begun is dropped, and held goods are let go. */
export async function endEarly(ctx: Ctx, tx: Tx, action: ActionRow, ending: Ending): Promise<Withdrawn> {
  const { as, by, event, releasesAt } = ending
  const box = await ctx.keyring.box(tx)
  const content = openActionContent(box, action.id, action.content)
  const releases = mustRelease(action)
  await dropSteps(tx, action, (step) => isDropped(step, releases))
  await leaveOpenOnes(tx, box, action)
  await dropGiftCard(tx, action, content)
  if (releases) await planRelease(tx, box, action, { content, by })
  await changeAction(tx, action.id, {
    state: as,
    leavesAt: null,
    endedAt: tx.now,
    problem: null,
    problemWords: null,
  })
  await record(tx, [event({ ticketId: action.ticketId, actionId: action.id, by })])
  if (releases) await (releasesAt ? wakeAt(tx, action.id, releasesAt) : wake(tx, action.id))
  return { actionId: action.id, releases, stopped: notDone(action, content, releases) }
}

/** What an action that ended early did not do, as it stands on its rows. */
export function told(box: Box, action: ActionRow): Withdrawn {
  const content = openActionContent(box, action.id, action.content)
  const stopped = action.steps.filter(isStopped).flatMap(({ kind }) => plannedOf(content, kind)?.words ?? [])
  const releases = action.steps.some(({ kind, state }) => kind === 'release' && state !== 'dropped')
  return { actionId: action.id, stopped, releases }
}

const isStopped = ({ kind, state }: StepRow) => state === 'dropped' && kind !== 'hold' && kind !== 'release'

const notDone = (action: ActionRow, content: ActionContent, releases: boolean): string[] =>
  action.steps
    .filter((step) => isDropped(step, releases) && step.kind !== 'hold' && step.kind !== 'release')
    .flatMap(({ kind }) => plannedOf(content, kind)?.words ?? [])

/** A hold that was begun may be there, however it ended. */
function mustRelease({ steps }: ActionRow): boolean {
  const hold = steps.find(({ kind }) => kind === 'hold')
  const release = steps.find(({ kind }) => kind === 'release')
  const isBegun = hold !== undefined && hold.state !== 'planned' && hold.state !== 'dropped'
  return isBegun && release?.state !== 'done'
}

const isDropped = ({ kind, state }: StepRow, releases: boolean): boolean =>
  state === 'planned' && !(kind === 'release' && releases)

async function dropSteps(tx: Tx, { steps }: ActionRow, isMeant: (step: StepRow) => boolean): Promise<void> {
  const dropped = steps.filter(isMeant)
  await tx.actionStep.updateMany({
    where: { workspaceId: tx.workspaceId, id: { in: dropped.map(({ id }) => id) } },
    data: { state: 'dropped' satisfies StepState },
  })
  const entries = dropped.flatMap(({ entryId }) => entryId ?? [])
  await withdraw(tx, entries, 'It was taken back before it was sent.')
}

/** Whether they happened nobody looks up any more, but for a hold, which is ended before it is let go. */
async function leaveOpenOnes(tx: Tx, box: Box, { steps }: ActionRow): Promise<void> {
  const open = steps.filter(({ kind, state }) => kind !== 'hold' && kind !== 'release' && OPEN.has(state))
  for (const { id } of open) {
    const problemWords = box.seal('action_step.problem_words', id, LEFT_OPEN)
    await changeStep(tx, id, { state: 'needs_person', problemWords })
  }
}

const LEFT_OPEN =
  'This was ended before Shopify said whether it happened. Look at the order in Shopify: it may have happened all the same.'

const OPEN: ReadonlySet<StepState> = new Set(['running', 'waiting', 'unknown'])

async function dropGiftCard(tx: Tx, { steps }: ActionRow, content: ActionContent): Promise<void> {
  const step = steps.find(({ kind }) => kind === 'gift_card')
  const request = plannedOf(content, 'gift_card')?.request
  const isUnseen = step?.state === 'planned' || step?.state === 'refused'
  if (isUnseen && request?.kind === 'gift_card') await dropIssue(tx, request.issueId)
}

type Letting = { content: ActionContent; by: Pick<Actor, 'kind' | 'id'> }

/** The release that was planned, or one more: a refused one is tried anew, and some actions planned none. */
async function planRelease(tx: Tx, box: Box, action: ActionRow, { content, by }: Letting): Promise<void> {
  const release = action.steps.find(({ kind }) => kind === 'release')
  if (release?.state === 'planned') return
  const hold = plannedOf(content, 'hold')
  if (hold?.request.kind !== 'hold') return
  const { shopId, ticketId, id: actionId } = action
  const stepId = release?.id ?? newId(tx.now)
  const entryId = newId(tx.now)
  const send = releaseOf(hold.request)
  const orderId = hold.request.orderId
  await planAll(tx, box, [entryOf({ id: entryId, actionId, stepId, shopId, orderId, ticketId, by, send })])
  if (release) return changeStep(tx, stepId, { state: 'planned', entryId, problemWords: null })
  await tx.actionStep.create({
    data: {
      workspaceId: tx.workspaceId,
      id: stepId,
      actionId,
      position: Math.max(...action.steps.map(({ position }) => position)) + 1,
      kind: 'release',
      state: 'planned',
      entryId,
      reasonCode: hold.reasonCode,
    },
  })
}
