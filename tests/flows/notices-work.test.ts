import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Desk, startDesk } from '../support/desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { shiftsAt } from '../support/shift-desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let notices: ReturnType<typeof noticesOf>
let shifts: ReturnType<typeof shiftsAt>
let work: ReturnType<typeof workAt>
beforeAll(async () => {
  desk = await startDesk()
  notices = noticesOf(desk)
  shifts = shiftsAt(desk)
  work = workAt(desk)
  for (const name of ['nora', 'sam'] as const) await notices.choose(name, {}, { quiet: false })
})
afterAll(() => desk.stop())

/** Nora offers Sam her shift of a day. */
async function offered(on: number) {
  await shifts.plan('nora', on, '09:00-17:00')
  const swap = await shifts.offer('nora', await shifts.one('nora', on), 'sam')
  await desk.settle()
  return swap
}

/** What each was mailed since. */
function since() {
  const names = ['nora', 'sam', 'vera'] as const
  const before = names.map((name) => notices.mailed(name).length)
  return async () => {
    await desk.settle()
    return Object.fromEntries(names.map((name, at) => [name, notices.mailed(name).slice(before[at])]))
  }
}

test('a swap of shifts is told to whom it waits for, and both when it is decided', async () => {
  const told = since()
  const swap = await offered(2)
  expect(await told()).toEqual({ nora: [], sam: ['Nora offers you a shift'], vera: [] })
  expect(noticesTo(desk, 'sam').at(-1)?.text).toContain('https://desk.example/desk/shifts')
  const agreed = since()
  await shifts.answer('sam', swap)
  expect(await agreed()).toEqual({ nora: [], sam: [], vera: ['Nora and Sam want to swap a shift'] })
  const decided = since()
  await shifts.decide(swap)
  const approved = 'The swap of Nora and Sam is approved'
  expect(await decided()).toEqual({ nora: [approved], sam: [approved], vera: [] })
})

test('whoever declines or takes back is not told of it', async () => {
  const swap = await offered(3)
  const told = since()
  await shifts.answer('sam', swap, false)
  expect(await told()).toEqual({ nora: ['The swap of Nora and Sam is declined'], sam: [], vera: [] })
})

test('a forgotten log-out stands in the digest of who leads, with the way to correct it', async () => {
  await work.in('sam')
  await desk.travel('14 h')
  await work.tick()
  await desk.settle()
  expect(notices.mailed('vera').filter((subject) => subject.includes('digest'))).toEqual([])
  await desk.travel('1 day')
  await notices.tick()
  expect(notices.mailed('vera').at(-1)).toBe('Your digest: 1 notice')
  const text = noticesTo(desk, 'vera').at(-1)?.text
  expect(text).toContain('Sam forgot to log out')
  expect(text).toContain(`https://desk.example/desk/team/${desk.staff.sam.id}`)
})
