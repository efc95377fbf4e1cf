import type { PanelCard, PanelFields } from '../../../shared/panel.ts'
import { PEOPLE_AT_WORK } from '../../../shared/roles.ts'
import type { WhoseTasks } from '../../../shared/tasks.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { dayIn } from '../../platform/calendar.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { zoneOf } from '../settings/index.ts'
import { type OwnerCard, ownerCard, type Place, type Reader, taskForm, taskListCard } from './cards.ts'
import { turn } from './finishing.ts'
import { typedWish } from './form.ts'
import { listOf, tasksIn } from './listing.ts'
import { lockTask } from './locking.ts'
import { changeTask, makeTask, taskIn } from './making.ts'
import { nameOf, type Owner, ownerOf, peopleIn } from './owners.ts'

type Typed = PanelFields['fields']

/** Two widgets each: a card has room for a hundred. */
const ON_CARD = 20
const DONE_ON_CARD = 5

const AT_WORK: readonly string[] = PEOPLE_AT_WORK

const isAtWork = (actor: Actor): boolean => actor.kind === 'staff' && AT_WORK.includes(actor.role)

const readerIn = async (tx: Tx, actor: Actor): Promise<Reader> => ({
  id: actor.id,
  mayWork: isAtWork(actor),
  today: dayIn(await zoneOf(tx), tx.now),
})

type Listed = { whose: WhoseTasks; cursor?: string | undefined }

export const showList = (ctx: Ctx, asked: Listed, actor: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, (tx) => listCard(ctx, tx, asked, actor), { reads: true })

async function listCard(ctx: Ctx, tx: Tx, { whose, cursor }: Listed, actor: Actor): Promise<PanelCard> {
  const page = await tasksIn(ctx, tx, listOf(whose, actor.id), { cursor, limit: ON_CARD })
  return taskListCard(whose, page, await readerIn(tx, actor))
}

type Drawn = Pick<OwnerCard, 'typed' | 'problem' | 'say'>
const FRESH: Drawn = { typed: {}, problem: null, say: null }

export const showOwner = (ctx: Ctx, owner: Owner, ticketId: string | null, actor: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, (tx) => drawOwner(ctx, tx, { owner, ticketId, actor }, FRESH), { reads: true })

type Scene = { owner: Owner; ticketId: string | null; actor: Actor }

async function drawOwner(ctx: Ctx, tx: Tx, { owner, ticketId, actor }: Scene, drawn: Drawn): Promise<PanelCard> {
  const { kind, id } = owner
  const given = {
    ...drawn,
    owner,
    name: await nameOf(tx, owner),
    open: await tasksIn(ctx, tx, { kind, id, state: 'open' }, { limit: ON_CARD }),
    done: (await tasksIn(ctx, tx, { kind, id, state: 'done' }, { limit: DONE_ON_CARD })).items,
    people: await peopleIn(tx),
  }
  return ownerCard(given, await readerIn(tx, actor), ticketId)
}

/** Makes the task that was typed, or shows it again with the reason; a refusal writes nothing. */
export const submitNew = (ctx: Ctx, scene: Scene, typed: Typed): Promise<PanelCard> =>
  inWorkspace(ctx, scene.actor.workspaceId, async (tx) => {
    const { owner, actor } = scene
    const kept = { words: '', dueOn: (await readerIn(tx, actor)).today, assigneeId: actor.id }
    try {
      await makeTask(ctx, tx, owner, typedWish(typed, kept), actor)
      return await drawOwner(ctx, tx, scene, { ...FRESH, say: 'Task added' })
    } catch (error) {
      return drawOwner(ctx, tx, scene, { typed, problem: problemIn(error), say: null })
    }
  })

function problemIn(error: unknown): string {
  if (error instanceof DeskError && error.code !== 'not_found') return error.message
  throw error
}

export const showTask = (ctx: Ctx, taskId: string, place: Place, actor: Actor): Promise<PanelCard> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) =>
      taskForm(await taskIn(ctx, tx, taskId), place, {
        people: await peopleIn(tx),
        typed: {},
        problem: null,
        mayWork: isAtWork(actor),
      }),
    { reads: true },
  )

type Changed = { taskId: string; version: number; typed: Typed }

/** Changes the task as it was typed, or shows it again with the reason. */
export const submitChange = (
  ctx: Ctx,
  { taskId, version, typed }: Changed,
  place: Place,
  actor: Actor,
): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => {
    const task = await taskIn(ctx, tx, taskId)
    try {
      const kept = { words: task.words, dueOn: task.dueOn, assigneeId: task.assignee?.id ?? null }
      await changeTask(ctx, tx, taskId, { ...typedWish(typed, kept), version }, actor)
      return await placeAgain(ctx, tx, taskId, place, actor)
    } catch (error) {
      return taskForm(task, place, { people: await peopleIn(tx), typed, problem: problemIn(error), mayWork: true })
    }
  })

export const turnOnCard = (
  ctx: Ctx,
  { taskId, done }: { taskId: string; done: boolean },
  place: Place,
  actor: Actor,
): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => {
    await turn(ctx, tx, taskId, done, actor)
    return { ...(await placeAgain(ctx, tx, taskId, place, actor)), say: done ? 'Done' : 'Open again' }
  })

/** The card that a task was pressed on, brought up to date. */
async function placeAgain(ctx: Ctx, tx: Tx, taskId: string, { on, ticketId }: Place, actor: Actor): Promise<PanelCard> {
  if (on !== 'owner') return listCard(ctx, tx, { whose: on }, actor)
  const owner = ownerOf(await lockTask(tx, taskId))
  return drawOwner(ctx, tx, { owner, ticketId, actor }, FRESH)
}
