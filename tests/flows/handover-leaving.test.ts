import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { getHandoverCard } from '../../shared/handover.ts'
import { showQueue } from '../../shared/queues.ts'
import { getWorkCard } from '../../shared/workforce.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { handoversAt } from '../support/handover-desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { buttonsOf, fieldOf, panelOf, textOf } from '../support/panel-hands.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
let hands: ReturnType<typeof handoversAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
  hands = handoversAt(desk)
})
afterEach(async () => {
  await hands.empty()
  await work.empty()
})
afterAll(() => desk.stop())

const isIn = async (name: 'nora' | 'sam') => (await work.of(name)).session !== null
const workCardOf = () => desk.as('nora').call(getWorkCard)

test('with nothing open «Log out» logs out at once, and says so again on another device', async () => {
  await work.in('nora')
  const [nora, first, second] = [panelOf(desk, 'nora'), await workCardOf(), await workCardOf()]
  expect((await nora.press(first, 'Log out')).say).toBe('You are logged out')
  expect((await nora.press(second, 'Log out')).say).toBe('You were logged out already')
})

test('with something open it is shown first; one press hands it over and logs out', async () => {
  const [ticket, other] = [await hands.owned('nora'), await hands.owned('nora')]
  await work.in('nora')
  await work.in('sam')
  const nora = panelOf(desk, 'nora')
  const home = await desk.as('nora').call(showQueue, { params: { view: 'mine' } })
  const list = await nora.press(await nora.press(home, 'Log out'), 'Log out')
  expect(await isIn('nora')).toBe(true)
  expect(list.title).toBe('Hand over')
  expect(list.subtitle).toBe('2 tickets open')
  expect(buttonsOf(list).map(({ label }) => label)).toEqual(['Hand over and log out', 'Log out, hand over nothing'])
  expect(fieldOf(list, 'keep')).toEqual([])
  const out = await nora.press(list, 'Hand over and log out', {
    to: desk.staff.sam.id,
    keep: [other.id],
    word: 'Her parcel is lost.',
  })
  expect(out.say).toBe('Handed over to Sam: 1 ticket. You are logged out')
  expect([await isIn('nora'), await hands.ownerOf(ticket), await hands.ownerOf(other)]).toEqual([false, 'Sam', 'Nora'])
  expect(await hands.leftBy('nora')).toEqual([other.number])
})

test('what is refused is shown again with what was typed, and nobody is logged out by it', async () => {
  await hands.owned('nora')
  await work.in('nora')
  await work.in('sam')
  const nora = panelOf(desk, 'nora')
  const list = await nora.press(await workCardOf(), 'Log out')
  const nobody = await nora.press(list, 'Hand over and log out', { word: 'Her parcel is lost.' })
  expect(textOf(nobody)).toContain('Choose to whom you hand over.')
  expect(fieldOf(nobody, 'word')).toBe('Her parcel is lost.')
  await work.out('sam')
  const late = await nora.press(nobody, 'Hand over and log out', { to: desk.staff.sam.id, word: 'Her parcel is lost.' })
  expect(textOf(late)).toContain('They are not logged in any more.')
  expect(textOf(late)).toContain('Nobody else is logged in. Whatever you leave is shown to your supervisor.')
  expect(await isIn('nora')).toBe(true)
  expect((await nora.press(late, 'Log out, hand over nothing')).say).toBe('You are logged out')
  expect(await hands.leftBy('nora')).toHaveLength(1)
})

test('whoever ticks every box keeps everything: it is refused in words, and the ticks stay', async () => {
  const [ticket, other] = [await hands.owned('nora'), await hands.owned('nora')]
  await work.in('nora')
  await work.in('sam')
  const nora = panelOf(desk, 'nora')
  const list = await nora.press(await workCardOf(), 'Hand over')
  const keep = [ticket.id, other.id]
  const refused = await nora.press(list, 'Hand over', { to: desk.staff.sam.id, keep, word: 'Please go on.' })
  expect(textOf(refused)).toContain('You keep everything. Leave the box of one ticket empty at least.')
  expect(fieldOf(refused, 'keep')).toEqual(keep)
  expect([await hands.ownerOf(ticket), await hands.ownerOf(other)]).toEqual(['Nora', 'Nora'])
})

test('without going anybody can hand over what is open, and sees what stayed; nothing goes that was not seen', async () => {
  const [, solved] = [await hands.owned('nora'), await hands.owned('nora')]
  await work.in('nora')
  await work.in('sam')
  const nora = panelOf(desk, 'nora')
  const list = await nora.press(await workCardOf(), 'Hand over')
  await hands.solve('vera', solved)
  const unseen = await hands.owned('nora')
  const after = await nora.press(list, 'Hand over', {
    to: desk.staff.sam.id,
    word: 'Please go on.',
  })
  expect(after.say).toBe('Handed over to Sam: 1 ticket')
  expect(textOf(after)).toContain(`${solved.number}: It is solved by now.`)
  expect([after.subtitle, await hands.ownerOf(unseen)]).toEqual(['1 ticket open', 'Nora'])
  expect(await isIn('nora')).toBe(true)
})

test('whoever has nothing open reads so, and is offered nothing', async () => {
  const card = await desk.as('nora').call(getHandoverCard)
  expect(textOf(card)).toContain('Nothing of yours waits before you are back.')
  expect(buttonsOf(card)).toEqual([])
})

test('a page without a script: log out, see what is open, hand it over, go', async () => {
  const ticket = await hands.owned('nora')
  await work.in('nora')
  await work.in('sam')
  const nora = pageReader(desk, 'nora')
  await nora.open('/desk')
  const list = await nora.press('Log out')
  expect(list).toMatchObject({ status: 200, path: '/desk/handover?leaving=yes' })
  expect(nora.words()).toContain(`${ticket.number} Jar due before you are back`)
  const refused = await nora.press('Hand over and log out', { to: desk.staff.sam.id, word: '' })
  expect(refused.status).toBe(400)
  expect(nora.words()).toContain('Write a line, so that they know how it stands.')
  expect(nora.field('to')).toBe(desk.staff.sam.id)
  const out = await nora.press('Hand over and log out', { word: 'She waits.' })
  expect(out.path).toBe('/desk/work?said=log_out')
  expect(nora.words()).toContain('You are logged out.')
  expect(await hands.ownerOf(ticket)).toBe('Sam')
})

test('a page tells what stayed, and one press goes all the same', async () => {
  const [ticket, solved] = [await hands.owned('nora'), await hands.owned('nora')]
  await work.in('nora')
  await work.in('sam')
  const nora = pageReader(desk, 'nora')
  await nora.open('/desk/handover')
  await hands.solve('vera', solved)
  await nora.press('Hand over', { ticket: [ticket.id, solved.id], to: desk.staff.sam.id, word: 'She waits.' })
  expect(nora.words()).toContain('Handed over to Sam: 1 ticket')
  expect(nora.words()).toContain(`${solved.number}: It is solved by now.`)
  await hands.owned('nora')
  await nora.open('/desk/work')
  await nora.press('Log out')
  expect((await nora.press('Log out, hand over nothing')).path).toBe('/desk/work?said=log_out')
  expect(await isIn('nora')).toBe(false)
})

test('a supervisor reads what others left, how long ago, and gives it by one press', async () => {
  const ticket = await hands.owned('nora')
  await work.in('nora')
  await work.out('nora')
  await work.in('sam')
  await desk.travel('3 h')
  const vera = pageReader(desk, 'vera')
  await vera.open('/desk/handover')
  await vera.follow('What others left')
  expect(vera.words()).toContain(`${ticket.number} Jar Nora, 3 h ago`)
  expect((await vera.press(/^Give/)).status).toBe(400)
  expect(vera.words()).toContain('Choose to whom you hand over.')
  await vera.press(/^Give/, { to: desk.staff.sam.id })
  expect(vera.words()).toContain('Given.')
  expect(vera.words()).toContain('Nobody left anything open.')
  expect(await hands.ownerOf(ticket)).toBe('Sam')
  expect((await pageReader(desk, 'sam').open('/desk/handover/left')).status).toBe(403)
})
