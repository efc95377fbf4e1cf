import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { schedule } from '../../backend/schedule.ts'
import { exportCustomer } from '../../shared/retention.ts'
import { writeClosing } from '../../shared/sending.ts'
import { addWebhook } from '../../shared/webhooks.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { handoversAt } from '../support/handover-desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { shiftsAt } from '../support/shift-desk.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk({ env: { WEBHOOKS_TO_PRIVATE: 'true' } })
})
afterAll(() => desk.stop())

const isPlanned = async (name: string): Promise<boolean> => {
  const recurring = schedule.find(({ job }) => job.name === name)
  if (!recurring?.among) throw new Error(`${name} is planned for every workspace`)
  return (await recurring.among(desk.ctx)).includes(desk.workspaceId)
}

/** From nothing to do to something. */
async function becomesPlanned(name: string, act: () => Promise<unknown>): Promise<void> {
  expect([name, await isPlanned(name)]).toEqual([name, false])
  await act()
  expect([name, await isPlanned(name)]).toEqual([name, true])
}

test('what recurs more often than daily asks first which workspaces have something for it', () => {
  const often = schedule.filter(({ job, cron }) => job.scope === 'workspace' && !/^\d+ \d+ /.test(cron))
  expect(often.length).toBeGreaterThan(20)
  expect(often.filter(({ among }) => !among).map(({ job }) => job.name)).toEqual([])
})

test('notices are gathered for a digest where one waits', () => {
  const notices = noticesOf(desk)
  return becomesPlanned('notices:digests', async () => {
    await notices.plan('nora', 20, 28)
    await notices.mention('nora')
  })
})

test('webhooks are taken up again where one is on', () =>
  becomesPlanned('webhooks:resume', () =>
    desk.as('ada').call(addWebhook, { body: { name: 'Till', url: 'http://127.0.0.1:9/', events: ['ticket.noted'] } }),
  ))

test('tickets are tidied where somebody said how', () =>
  becomesPlanned('drafts:tidy-tickets', () =>
    desk
      .as('ada')
      .call(writeClosing, { body: { closeSolved: 3, remindPending: null, closeReminded: null, texts: {} } }),
  ))

test('what people leave is looked after where somebody left something', () =>
  becomesPlanned('handover:settle-left', async () => {
    const work = workAt(desk)
    await handoversAt(desk).owned('sam')
    await work.in('sam')
    await work.out('sam')
  }))

test('offers of shifts are ended where one is open', () => {
  const shifts = shiftsAt(desk)
  return becomesPlanned('workforce:end-offers', async () => {
    await shifts.plan('nora', 2, '09:00-17:00')
    await shifts.offer('nora', await shifts.one('nora', 2), 'sam')
  })
})

test('exports are forgotten where one was made', () =>
  becomesPlanned('retention:forget-exports', async () => {
    const { customer } = await noticesOf(desk).given()
    await desk.as('ada').call(exportCustomer, { params: { customerId: customer.id } })
  }))

test('files are scanned where one was kept unscanned', () =>
  becomesPlanned('files:scan', async () => {
    await desk.google.customers.write({
      from: 'kim@kim.example',
      to: 'support@fern.example',
      subject: 'With a list',
      text: 'x',
      attachments: [{ filename: 'list.txt', contentType: 'text/plain', content: Buffer.from('one, two') }],
    })
    await desk.settle()
  }))
