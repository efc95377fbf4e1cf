import { closeForgotten } from '../../backend/features/workforce/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  beginBreak,
  endBreak,
  endForSomebody,
  getWork,
  logIn,
  logOut,
  stayAtWork,
  type Work,
  type WorkAnswer,
  type WorkSettings,
  writeWorkSettings,
} from '../../shared/workforce.ts'
import type { Desk, StaffName } from './desk.ts'

/** People who log in and out, go on breaks, and forget to. */
export const workAt = (desk: Desk) => {
  const as = desk.as

  /** Rows of somebody's work as they stand in the database, the oldest first. */
  const sessionsOf = (name: StaffName) =>
    inWorkspace(
      desk.ctx,
      desk.workspaceId,
      (tx) =>
        tx.workSession.findMany({
          where: { workspaceId: desk.workspaceId, staffId: desk.staff[name].id },
          include: { breaks: { orderBy: { startedAt: 'asc' } } },
          orderBy: { startedAt: 'asc' },
        }),
      { reads: true },
    )

  return {
    in: (name: StaffName): Promise<WorkAnswer> => as(name).call(logIn),
    out: (name: StaffName): Promise<WorkAnswer> => as(name).call(logOut),
    pause: (name: StaffName, kind = 'lunch'): Promise<WorkAnswer> => as(name).call(beginBreak, { body: { kind } }),
    back: (name: StaffName): Promise<WorkAnswer> => as(name).call(endBreak),
    stay: (name: StaffName): Promise<WorkAnswer> => as(name).call(stayAtWork),
    of: (name: StaffName): Promise<Work> => as(name).call(getWork),
    end: (name: StaffName, what: 'work' | 'break', reason: 'forgot' | 'ill' = 'forgot') =>
      as('vera').call(endForSomebody, { params: { staffId: desk.staff[name].id }, body: { what, reason } }),
    settings: (wish: Partial<WorkSettings>) =>
      as('ada').call(writeWorkSettings, {
        body: { graceMinutes: 30, longestMinutes: 720, required: false, ...wish },
      }),
    sessionsOf,
    lastOf: async (name: StaffName) => {
      const last = (await sessionsOf(name)).at(-1)
      if (!last) throw new Error(`${name} was never at work`)
      return last
    },
    /** A shift from so many minutes from now to so many; negative is past. */
    planned: (name: StaffName, from: number, to: number) =>
      inWorkspace(desk.ctx, desk.workspaceId, (tx) => {
        const after = (minutes: number) => new Date(tx.now.getTime() + minutes * 60_000)
        const [startsAt, endsAt] = [after(from), after(to)]
        const { workspaceId } = desk
        const staffId = desk.staff[name].id
        const id = crypto.randomUUID()
        return tx.shift.create({
          data: { workspaceId, id, staffId, day: startsAt, startsAt, endsAt, source: 'import' },
        })
      }),
    /** What the minute's tick does. */
    tick: () => closeForgotten.perform(desk.ctx, desk.workspaceId, {}),
    /** Everybody is logged out, and nothing of work was ever. */
    async empty(): Promise<void> {
      await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
        await tx.leftTicket.deleteMany({})
        await tx.workCorrection.deleteMany({})
        await tx.workBreak.deleteMany({})
        await tx.workSession.deleteMany({})
        await tx.shift.deleteMany({})
        await tx.breakKind.deleteMany({})
        await tx.workforceSetting.deleteMany({})
        await tx.agentProfile.deleteMany({})
      })
    },
  }
}
