import type { AgentStanding, Skills } from '../../../shared/assignment.ts'
import type { StaffRole } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import type { Actor, StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import { enqueue } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { noteChange } from '../settings/index.ts'
import { knownCategories } from '../tickets/index.ts'
import { holdAtWork, workSettingsIn } from '../workforce/index.ts'
import { availabilityChanged } from './events.ts'
import { HAND_BACK, wakeGiving } from './queueing.ts'
import { agentsIn } from './standing.ts'

type Wish = { available: boolean; handBack: boolean }

/** Comes or goes. Somebody else is sent home by who leads them. @throws DeskError forbidden, not_found, not_at_work */
export const sayAvailable = (ctx: Ctx, staffId: string, wish: Wish, by: StaffActor): Promise<AgentStanding> =>
  inWorkspace(ctx, by.workspaceId, (tx) => sayAvailableIn(tx, staffId, wish, by))

export async function sayAvailableIn(
  tx: Tx,
  staffId: string,
  { available, handBack }: Wish,
  by: StaffActor,
): Promise<AgentStanding> {
  if (staffId !== by.id && !LEADS.includes(by.role))
    throw new DeskError('forbidden', 'Only a supervisor or an admin says this of somebody else.')
  const { workspaceId, now } = tx
  const isOut = available && (await needsLogIn(tx, staffId))
  const before = await agentIn(tx, staffId)
  if (isOut) throw loggedOut(before.staff, by)
  const said = { available, saidAt: now }
  await tx.agentProfile.upsert({
    where: { workspaceId_staffId: { workspaceId, staffId } },
    create: { ...said, workspaceId, staffId },
    update: said,
  })
  if (before.available !== available)
    await record(tx, [availabilityChanged({ staffId, available, handBack: handBack && !available, by })])
  if (available) await wakeGiving(tx)
  else if (handBack) await enqueue(tx, HAND_BACK, { staffId, byId: by.id })
  return agentIn(tx, staffId)
}

/** Whether tickets are only for who is logged in, and they are not. Who is stays so until all is written: their log-out comes after it. */
async function needsLogIn(tx: Tx, staffId: string): Promise<boolean> {
  const { required } = await workSettingsIn(tx)
  return required && (await holdAtWork(tx, staffId)) === null
}

const loggedOut = ({ id, name }: AgentStanding['staff'], by: StaffActor): DeskError =>
  new DeskError(
    'not_at_work',
    id === by.id
      ? 'You are not logged in. Log in first: that makes you available.'
      : `${name} is not logged in. They are available as soon as they log in.`,
  )

const LEADS: readonly StaffRole[] = ['supervisor', 'admin']

/** Sets what somebody takes; tickets that wait are looked at again. */
export const saySkills = (ctx: Ctx, staffId: string, wish: Skills, by: Actor): Promise<AgentStanding> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { workspaceId } = tx
    const { skills: before, staff } = await agentIn(tx, staffId)
    const skills = {
      capacity: wish.capacity,
      languages: tidy(wish.languages),
      categories: (await knownCategories(tx, wish.categories)).toSorted(),
      tags: tidy(wish.tags).map((tag) => maskCodes(tag).replace(/\s+/g, '-')),
    }
    await tx.agentProfile.upsert({
      where: { workspaceId_staffId: { workspaceId, staffId } },
      create: { ...skills, workspaceId, staffId },
      update: skills,
    })
    const change = { before: { staff, ...before }, after: { staff, ...skills }, by }
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'skills', ...change })
    await wakeGiving(tx)
    return agentIn(tx, staffId)
  })

const tidy = (words: readonly string[]): string[] => [...new Set(words)].toSorted()

/** @throws DeskError not_found for who does not work on tickets */
export async function agentIn(tx: Tx, staffId: string): Promise<AgentStanding> {
  const [agent] = await agentsIn(tx, staffId)
  if (!agent)
    throw new DeskError('not_found', 'Nobody who works on tickets here has this id. Choose somebody of the team.')
  return agent
}
