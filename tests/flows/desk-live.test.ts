import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { createContext } from '../../backend/app.ts'
import { assignIn } from '../../backend/features/tickets/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { claimTicket } from '../../shared/claims.ts'
import { getQueue } from '../../shared/queues.ts'
import { noteTicket, prioritiseTicket } from '../../shared/tickets.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, type StaffName, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { until } from '../support/until.ts'
import { visitor } from '../support/visitor.ts'
import { partAt, type Watching, watching } from '../support/watching.ts'

let desk: Desk
const open: Watching[] = []
beforeAll(async () => {
  desk = await startDesk()
})
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
afterAll(() => desk.stop())

async function look(name: StaffName, path: string) {
  const who = visitor(desk, name)
  await who.open('/')
  const stream = watching(await who.ask(path))
  open.push(stream)
  return stream
}

const opened = () => mailAt(desk).cardOfNew({ from: someone(), text: 'Where is it?' })

test('what is said of a ticket, and who is on it, comes to whoever has it open', async () => {
  const { id, version } = await opened()
  const stream = await look('nora', partAt(`/desk/live/tickets/${id}?version=${version}`))
  await stream.shows('Where is it?')
  await desk.as('sam').call(claimTicket, { params: { ticketId: id }, body: {} })
  await stream.shows('Sam is on it since')
  await desk.as('sam').call(noteTicket, { params: { ticketId: id }, body: { text: 'I look for it.' } })
  await stream.shows('I look for it.')
  const { version: now } = await desk.as('sam').call(noteTicket, { params: { ticketId: id }, body: { text: 'Found.' } })
  await desk.as('sam').call(prioritiseTicket, { params: { ticketId: id }, body: { priority: 'high', version: now } })
  await stream.shows('This ticket has changed since you opened it.')
})

test('the page of a ticket shows what its live part sends first, so that nothing flickers', async () => {
  const { id, version } = await opened()
  const nora = pageReader(desk, 'nora')
  const { text } = await nora.open(`/desk/tickets/${id}`)
  const [, path = ''] = /data-live="([^"]+)"/.exec(text) ?? []
  expect(path).toContain(`${partAt(`/desk/live/tickets/${id}?version=${version}`)}&amp;seen=`)
  const seen = await look('nora', path.replaceAll('&amp;', '&'))
  await desk.as('sam').call(noteTicket, { params: { ticketId: id }, body: { text: 'Something new.' } })
  await seen.shows('Something new.')
  expect(seen.parts()).toHaveLength(1)
})

test('a list changes with every mail, and counts it', async () => {
  const stream = await look('nora', partAt('/desk/live/queues/unassigned'))
  const { number } = await opened()
  await stream.shows(number)
})

test('what another process did is counted at once, in a list whose counts were kept a moment before', async () => {
  const other = createContext(desk.ctx.config, { process: 'other', clock: desk.clock })
  try {
    const { id, number } = await opened()
    const stream = await look('nora', partAt('/desk/live/queues/unassigned'))
    const { unassigned } = (await desk.as('sam').call(getQueue, { params: { view: 'open' }, query: {} })).counts
    await stream.shows(`Unassigned (${unassigned})`)
    await stream.shows(number)
    const shown = stream.parts().length
    const without = () =>
      stream
        .parts()
        .slice(shown)
        .find(({ data }) => !data.includes(number))
    const by = systemOf(desk.workspaceId)
    await inWorkspace(other, desk.workspaceId, (tx) => assignIn(tx, id, { assigneeId: desk.staff.sam.id }, by))
    await until('a part without it', () => without() !== undefined, { everyMs: 20 })
    expect(without()?.data).toContain(`Unassigned (${unassigned - 1})`)
  } finally {
    await other.close()
  }
})

test('nobody listens to a ticket that is not there, or is not theirs to see', async () => {
  const who = visitor(desk, 'nora')
  await who.open('/')
  const nowhere = await who.ask(partAt('/desk/live/tickets/01890000-0000-7000-8000-000000000000?version=1'))
  expect(nowhere.status).toBe(404)
  await nowhere.arrayBuffer()
  const view = await who.ask(partAt('/desk/live/queues/none'))
  expect(view.status).toBe(400)
  await view.arrayBuffer()
})
