import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { SHOP } from '../../workbench/scenarios/fern-and-fig.ts'
import { busyDay } from '../../workbench/start/busy-day/busy-day.ts'
import type { Played } from '../../workbench/start/busy-day/playing.ts'
import { until } from '../support/until.ts'
import { openShop, type Shop } from './support/open-shop.ts'
import { writtenTasks } from './support/written-tasks.ts'

const MAILS = 40
const SEED = 20_418

const busy = busyDay(MAILS, SEED)
/** As a date picker gives it. */
const inThreeDays = () => new Date(busy.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10)

let shop: Shop
let played: Played
beforeAll(async () => {
  shop = await openShop(busy.surroundings)
  played = await busy.playing(shop.workbench, { lasts: 0 })
})
afterAll(() => shop?.close())

type Agent = Awaited<ReturnType<Shop['mailOf']>>

const written = writtenTasks()
const tried = new Set<string>()

/** Does a task of the guide, and holds what it took against what the guide says. */
async function task(agent: Agent, name: string, work: () => Promise<unknown>): Promise<void> {
  agent.spent()
  await work()
  expect({ name, ...agent.spent() }).toEqual({ name, ...written.get(name) })
  tried.add(name)
}

const FREYA = { name: 'Freya Underhill', email: 'freya@underhill.example' }

async function newMail(agent: Agent, subject: string, text: string, from = FREYA): Promise<string> {
  await agent.writeAsCustomer({ ...from, subject, text })
  await agent.row(subject).waitFor()
  return agent.open(subject)
}

test('every mail of the day ended once: as a ticket, in one, as a copy, or set aside; and all seven worked', async () => {
  expect(played.delivered).toHaveLength(MAILS)
  expect(played.refused).toEqual([])
  const { backend, google, workspaceId } = shop.workbench
  const ends = await inWorkspace(
    backend.ctx,
    workspaceId,
    (tx) => tx.mailboxMail.findMany({ where: { workspaceId }, select: { outcome: true, messageId: true } }),
    { reads: true },
  )
  const archive = google.users.mails(SHOP.archive)
  expect(ends).toHaveLength(archive.length)
  const aside = ends.filter(({ outcome }) => outcome === 'suspected_spam' || outcome === 'ignored')
  const filed = ends.filter(({ outcome }) => outcome === 'ticket' || outcome === 'joined')
  const copies = ends.filter(({ outcome }) => outcome === 'duplicate')
  expect(aside.length + filed.length + copies.length).toBe(archive.length)
  const messages = (mails: typeof ends) => new Set(mails.map(({ messageId }) => messageId))
  expect(messages(filed).size).toBe(filed.length) // none became two messages, and no two became one
  const different = new Set(archive.map(({ head }) => head.messageId)).size
  expect(messages([...filed, ...copies]).size + aside.length).toBe(different)
  const reasons = new Set(played.delivered.map(({ reason }) => reason))
  expect([...reasons].sort()).toEqual(['again', 'back', 'copy', 'machine', 'new', 'offer', 'thanks', 'twin'])
  const idle = [...played.acts].filter(([, acts]) => acts.length === 0).map(([email]) => email)
  expect(idle).toEqual([])
})

test('take, note, answer, snooze, and be on it: what an agent does all day', async () => {
  const nora = await shop.mailOf('nora')
  await newMail(nora, 'A plain question', 'Is the jam vegan?')
  await task(nora, 'Take it', () => nora.press('Take'))
  await task(nora, 'Leave a note', async () => {
    await nora.field('note').fill('Asked the kitchen.')
    await nora.press('Add note')
  })
  await task(nora, 'Set status, assignee, priority or category', () => nora.choose('[data-field=status]', 'On hold'))
  await task(nora, 'Snooze it until tomorrow, Monday or an answer', () =>
    nora.choose('[data-field=until]', 'Tomorrow morning'),
  )
  await task(nora, 'Wake it up', () => nora.press('Wake it up'))
  await task(nora, 'Answer from the panel', async () => {
    await nora.field('reply').fill('It is.')
    await nora.press('Send')
  })
  await newMail(nora, 'Another question', 'Is the mustard vegan?')
  await task(nora, "Answer in Gmail's own window", async () => {
    await nora.press('Reply in Gmail')
    await nora.page.locator('form.compose textarea').fill('It is as well.')
    await nora.send()
  })
  await task(nora, 'Snooze it until another day', async () => {
    await nora.unfold('More')
    await nora.press('Snooze or remind')
    await nora.field('snooze.day').fill(inThreeDays())
    nora.touched()
    await nora.press('Snooze')
  })
  await nora.press('Back to the ticket')
  await task(nora, 'Log a call', async () => {
    await nora.unfold('More')
    await nora.press('Log a call')
    await nora.field('text').fill('She called, and is content.')
    await nora.press('Log it')
  })
  await nora.press('Back to the ticket')
  await task(nora, 'See what happened', () => nora.press('Timeline'))
  expect(await nora.panelText()).toMatch(/Timeline, newest first .*Nora Lindqvist/)
  await nora.close()
})

test('saved replies and macros', async () => {
  const sam = await shop.mailOf('sam')
  await newMail(sam, 'Nuts?', 'Are there nuts in the truffles?')
  await task(sam, 'Answer with a saved reply', async () => {
    await sam.press('Saved replies')
    await sam.follow('Allergens')
    await sam.press('Send')
  })
  await newMail(sam, 'It is broken', 'The jar of jam is broken.')
  await task(sam, 'Answer with a macro, which also tags, takes and solves', async () => {
    await sam.press('Saved replies')
    await sam.follow('Damaged on arrival')
    await sam.press('Send')
  })
  expect(await sam.panelText()).toContain('Assignee Sam Okafor (you)')
  await sam.close()
})

test('merge and undo, split and undo', async () => {
  const nora = await shop.mailOf('nora')
  await newMail(nora, 'The wreath', 'When do the wreaths come?')
  await newMail(nora, 'The wreath once more', 'I forgot: I need two wreaths.')
  await task(nora, 'Merge it with another ticket of the customer', async () => {
    await nora.unfold('More')
    await nora.press('Merge, split, link')
    await nora.follow('The wreath')
    await nora.press('Merge')
  })
  await task(nora, 'Take the merge back', () => nora.press('Undo'))
  expect(await nora.panelText()).toContain('Taken back')
  await nora.open('Olive oil all over my parcel')
  await task(nora, 'Split a mail out', async () => {
    await nora.unfold('More')
    await nora.press('Merge, split, link')
    await nora.press('Split a mail out')
    await nora.press('Split out')
  })
  await task(nora, 'Take the split back', () => nora.press('Undo'))
  expect(await nora.panelText()).toContain('Taken back')
  await nora.close()
})

test('an order of last year is found and linked; somebody on a ticket is taken over from; a ticket is escalated', async () => {
  const tess = await shop.mailOf('tess')
  await newMail(
    tess,
    'The hamper of last year',
    'My mother, Ada Whitcombe, ordered a hamper a year ago. Which one was it?',
  )
  await task(tess, 'Find an order of last year', async () => {
    await tess.press('Find an order')
    await tess.field('text').fill('FF-18802')
    await tess.press('Search')
  })
  expect(await tess.panelText()).toContain('FF-18802')
  await task(tess, 'Link the order that was found', () => tess.press('Link to this ticket'))
  await task(tess, 'Say that you are on it', async () => {
    await tess.unfold('More')
    await tess.press('I am on it')
  })
  await tess.close()
  const owen = await shop.mailOf('owen')
  await owen.open('The hamper of last year')
  await task(owen, 'Take over from whoever is on it', async () => {
    await owen.press('Take over')
    await owen.field('word').fill('I packed it.')
    await owen.press('Take over')
  })
  await task(owen, 'Escalate', async () => {
    await owen.unfold('More')
    await owen.press('Escalate')
    await owen.pick('reason', await owen.optionOf('reason', 'Angry'))
    await owen.press('Escalate')
  })
  await owen.close()
})

test('a sender who is never to be heard is, after all', async () => {
  const leo = await shop.mailOf('leo')
  const offer = { name: 'Lamp Offers', email: 'lamps@offers-of-lamps.example' }
  await newMail(leo, 'Cheap lamps', 'Buy our lamps.', offer)
  await task(leo, 'Ignore a sender for good', async () => {
    await leo.unfold('More')
    await leo.press('Always ignore sender')
    await leo.press('Ignore always')
  })
  await task(leo, 'Hear the sender again', () => leo.press('Undo'))
  expect(await leo.panelText()).toContain('Cheap lamps')
  await task(leo, 'Void it: spam, a duplicate, not a ticket', async () => {
    await leo.unfold('More')
    await leo.press('Spam')
  })
  await task(leo, 'Bring it back', () => leo.press('Bring back'))
  await leo.close()
})

test('many at once, and taken back; the next one is one press away', async () => {
  const hamid = await shop.mailOf('hamid')
  await hamid.untilPanelShows('All views')
  await hamid.choose('[data-field=view]', await hamid.optionOf('view', 'Unassigned'))
  await task(hamid, 'Do the same to all tickets of a view', async () => {
    await hamid.unfold('More')
    await hamid.press('Several at once')
    await hamid.pick('which', await hamid.optionOf('which', 'All of this view'))
    await hamid.pick('act', 'Priority: High')
    await hamid.press('Do it')
  })
  const isDone = async () => {
    await hamid.press('Refresh')
    return (await hamid.panelText()).includes('It can be taken back')
  }
  await until('all to be changed', isDone, { found: hamid.panelText })
  await task(hamid, 'Take that back', () => hamid.press('Undo'))
  await hamid.back()
  await task(hamid, 'Find an old ticket', async () => {
    await hamid.press('Search')
    await hamid.field('q').fill('Blomqvist')
    await hamid.press('Search')
  })
  expect(await hamid.panelText()).toContain('Invoice for FF-20333 please')
  await hamid.back()
  await task(hamid, 'Take what is due first and nobody has', () => hamid.press('Take next'))
  expect(await hamid.panelText()).toMatch(/TKT-\d+/)
  await hamid.close()
})

test('the guide names no task that nobody tried', () => {
  expect([...written.keys()].filter((name) => !tried.has(name))).toEqual([])
})
