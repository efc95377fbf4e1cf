import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Ctx } from '../../backend/context.ts'
import { forgetDifferences, forgetIgnored, forgetOldBytes, forgetSpam } from '../../backend/features/intake/index.ts'
import { retentionJobs } from '../../backend/features/retention/index.ts'
import { newId } from '../../backend/platform/ids.ts'
import type { Job } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { fileIgnoredMail, hearSenderAgain, ignoreSender, listIgnoredMails } from '../../shared/ignored-senders.ts'
import { mailAt } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'
import { dumpOf } from '../support/whole-dump.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

/** The whole night of what forgets by itself. No rule of retention is set. */
async function night() {
  const senders = retentionJobs.find(({ name }) => name === 'retention:forget-senders') as Job<object, Ctx>
  for (const { perform } of [forgetIgnored, forgetSpam, forgetOldBytes, forgetDifferences, senders])
    await perform(desk.ctx, desk.workspaceId, {})
  await desk.settle()
}

const places = async (word: string) => (await dumpOf(desk)).placesOf(word)

test('the bytes of ignored mail and of spam are kept for 30 days, small ones and large ones, and not a day longer', async () => {
  const from = 'verkauf@zitronenfalter.example'
  const { id } = await mailAt(desk).cardOfNew({ from, text: 'Buy our wares' })
  await desk.as('nora').call(ignoreSender, { params: { ticketId: id }, body: {} })
  const large = `schnabeltier ${'x'.repeat(70)}\n`.repeat(6_000)
  for (const text of ['A small schnabeltier', large])
    await desk.google.customers.write({ from, to: SUPPORT, subject: 'Cheap', text, authentication: 'pass' })
  await desk.google.customers.write({
    from: 'x@win.example',
    to: SUPPORT,
    subject: 'Win',
    text: 'schnabeltier',
    spam: true,
  })
  await desk.settle()
  await desk.travel('29 days')
  await night()
  const kept = await places('schnabeltier')
  expect(kept.some((place) => place.startsWith('desk_parts.raw_mail'))).toBe(true)
  expect(kept.some((place) => place.startsWith('objects/'))).toBe(true)
  const [first] = (await desk.as('vera').call(listIgnoredMails)).items
  expect(first).toBeDefined()
  await desk.travel('2 days')
  await night()
  expect(await places('schnabeltier')).toEqual([])
  await expect(
    desk.as('vera').call(fileIgnoredMail, { params: { mailId: first?.id ?? '' }, body: {} }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('the audit says for a year whose mail was ignored, and after it that somebody’s was', async () => {
  const sender = 'verkauf@zitronenfalter.example'
  await desk.as('vera').call(hearSenderAgain, { body: { sender } })
  expect(await places('zitronenfalter')).toContain('desk.setting_change.content, opened')
  await desk.travel('300 days')
  await night()
  expect(await places('zitronenfalter')).toContain('desk.setting_change.content, opened')
  await desk.travel('70 days')
  await night()
  expect(await places('zitronenfalter')).not.toContain('desk.setting_change.content, opened')
  const page = await visitor(desk, 'ada').open('/settings/changes')
  expect(page.status).toBe(200)
  expect(page.text).toContain('(forgotten)')
})

test('what a missing mail was called is known for 90 days, which one it was for a year, and how many there were for good', async () => {
  const { ctx, workspaceId } = desk
  const certificateId = newId(desk.clock.now())
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    const said = JSON.stringify({ from: 'a@home.example', subject: 'A lost beutelmeise' })
    const { mailboxId } = desk.mailbox
    const times = { at: tx.now, fromAt: tx.now, toAt: tx.now }
    const counted = { kind: 'asked', listed: 1, late: 0, missing: 1, unended: 0, outcomes: {} }
    await tx.intakeCertificate.create({ data: { workspaceId, id: certificateId, mailboxId, ...times, ...counted } })
    await tx.intakeDifference.create({
      data: {
        workspaceId,
        certificateId,
        gmailId: 'g1',
        mailboxId: desk.mailbox.mailboxId,
        kind: 'missing',
        state: 'open',
        content: box.seal('intake_difference.content', `${certificateId}/g1`, said),
        at: tx.now,
      },
    })
  })
  await desk.travel('89 days')
  await night()
  expect(await places('beutelmeise')).toEqual(['desk.intake_difference.content, opened'])
  await desk.travel('2 days')
  await night()
  expect(await places('beutelmeise')).toEqual([])
  const left = () => inWorkspace(ctx, workspaceId, (tx) => tx.intakeDifference.count(), { reads: true })
  expect(await left()).toBe(1)
  await desk.travel('273 days')
  await night()
  expect(await left()).toBe(1)
  await desk.travel('2 days')
  await night()
  expect(await left()).toBe(0)
  const page = await visitor(desk, 'vera').open(`/settings/counted-mail/${certificateId}`)
  expect(page.text).toContain('1 is not here')
  expect(page.text).toContain('Which mails these were is known for a year.')
})
