import { endOffers, planAhead } from '../../backend/features/workforce/index.ts'
import { laterBy } from '../../backend/features/workforce/shifts/days.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import {
  addLeave,
  addShiftTemplate,
  answerShiftSwap,
  decideShiftSwap,
  giveShiftTemplate,
  type LeaveKind,
  listShifts,
  offerShift,
  planDay,
  type Shift,
  type ShiftSwap,
  type Slot,
} from '../../shared/shifts.ts'
import type { Desk, StaffName } from './desk.ts'

/** 09:00-17:00; an end before its begin is on the next day. */
type Words = `${string}-${string}`

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}

export const hoursOf = (words: Words) => {
  const [from = 0, to = 0] = words.split('-').map(minutesOf)
  return { from, to: to > from ? to : to + 1_440 }
}

export const workweek = (words: Words): Slot[] => [1, 2, 3, 4, 5].map((weekday) => ({ ...hoursOf(words), weekday }))
export const everyDay = (words: Words): Slot[] => [
  ...workweek(words),
  ...[6, 7].map((weekday) => ({ ...hoursOf(words), weekday })),
]

/** People whose shifts Vera plans. Days count from today, 0; clocks are those of UTC unless a test sets others. */
export const shiftsAt = (desk: Desk) => {
  const day = (n: number): string => laterBy(desk.clock.now().toISOString().slice(0, 10), n)
  const vera = () => desk.as('vera')
  const idOf = (name: StaffName) => desk.staff[name].id

  const list = (name: StaffName, from: number, to: number): Promise<Shift[]> =>
    desk
      .as('sam')
      .call(listShifts, { query: { from: day(from), to: day(to), staffId: idOf(name), limit: 100 } })
      .then(({ items }) => items)

  return {
    day,
    list,
    /** 2026-11-23 09:00-17:00, in UTC. */
    of: async (name: StaffName, from: number, to = from): Promise<string[]> =>
      (await list(name, from, to)).map(
        (shift) => `${shift.day} ${shift.startsAt.slice(11, 16)}-${shift.endsAt.slice(11, 16)}`,
      ),
    one: async (name: StaffName, on: number): Promise<Shift> => {
      const [shift] = await list(name, on, on)
      if (!shift) throw new Error(`${name} has no shift on day ${on}`)
      return shift
    },
    plan: (name: StaffName, on: number, ...words: Words[]) =>
      vera().call(planDay, { params: { staffId: idOf(name), day: day(on) }, body: { hours: words.map(hoursOf) } }),
    template: (name: string, slots: Slot[]) => vera().call(addShiftTemplate, { body: { name, slots } }),
    give: (templateId: string, names: StaffName[], from: number, to: number | null = null) =>
      vera().call(giveShiftTemplate, {
        params: { templateId },
        body: { staffIds: names.map(idOf), from: day(from), to: to === null ? null : day(to) },
      }),
    leave: (name: StaffName, from: number, to: number, kind: LeaveKind = 'holiday') =>
      vera().call(addLeave, { body: { staffId: idOf(name), from: day(from), to: day(to), kind } }),
    offer: (by: StaffName, shift: Shift, to: StaffName, back: Shift | null = null): Promise<ShiftSwap> =>
      desk.as(by).call(offerShift, { body: { shiftId: shift.id, toId: idOf(to), backShiftId: back?.id ?? null } }),
    answer: (by: StaffName, { id }: ShiftSwap, agrees = true) =>
      desk.as(by).call(answerShiftSwap, { params: { swapId: id }, body: { agrees } }),
    decide: ({ id }: ShiftSwap, approved = true, by: StaffName = 'vera') =>
      desk.as(by).call(decideShiftSwap, { params: { swapId: id }, body: { approved } }),
    /** What every night does. */
    night: () => planAhead.perform(desk.ctx, desk.workspaceId, {}),
    /** What the five minutes' tick does. */
    tidy: () => endOffers.perform(desk.ctx, desk.workspaceId, {}),
    zone: (timeZone: string) =>
      inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
        tx.workspace.update({ where: { workspaceId: desk.workspaceId }, data: { timeZone } }),
      ),
    /** Nothing was ever planned. */
    async empty(): Promise<void> {
      await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
        await tx.shiftSwap.deleteMany({})
        await tx.shift.deleteMany({})
        await tx.shiftException.deleteMany({})
        await tx.leave.deleteMany({})
        await tx.shiftTemplateUse.deleteMany({})
        await tx.shiftTemplate.deleteMany({})
        await tx.staff.updateMany({ data: { startedOn: null } })
        await tx.workspace.update({ where: { workspaceId: desk.workspaceId }, data: { timeZone: 'UTC' } })
      })
    },
  }
}
