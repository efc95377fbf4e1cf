import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { eraseCustomer, getForgettingRun, placeLegalHold } from '../../shared/retention.ts'
import { mailAt } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

const ADDRESS = 'ottilie@home.example'
const NAME = 'Ottilie Zwetschgenkern'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

async function asOwner(sql: string): Promise<void> {
  const owner = await ownerOf(desk.database)
  await owner.query(sql)
  await owner.end()
}

test('an erasure that breaks off amid the words of others counts each of them, and each once', async () => {
  const mail = mailAt(desk)
  const { customer } = await mail.cardOfNew({ from: ADDRESS, name: NAME, text: 'The jar is broken.' })
  const others = []
  for (const who of ['ben', 'lena', 'oskar'])
    others.push(await mail.cardOfNew({ from: `${who}@home.example`, text: `${NAME} (${ADDRESS}) has it.` }))
  const hold = { about: 'ticket', subjectId: others[0]?.id ?? '', reason: `${NAME} asks for it` } as const
  await desk.as('ada').call(placeLegalHold, { body: hold })
  await asOwner(`create function desk.refuse() returns trigger language plpgsql as $$ begin raise exception 'gone'; end $$;
    create trigger refuse before update on desk.legal_hold for each row execute function desk.refuse()`)
  const body = { reason: 'customer_asked', confirmation: ADDRESS } as const
  const { id: runId } = await desk.as('ada').call(eraseCustomer, { params: { customerId: customer.id }, body })
  await desk.settle()
  const report = () => desk.as('ada').call(getForgettingRun, { params: { runId } })
  expect(await report()).toMatchObject({ state: 'running', counts: { elsewhere: 3 } })
  await asOwner('drop trigger refuse on desk.legal_hold; drop function desk.refuse()')
  await desk.travel('1 day')
  await desk.settle()
  expect(await report()).toMatchObject({
    state: 'done',
    counts: { tickets: 1, elsewhere: 3, words_beside: 1, customers: 1 },
  })
})

test('an erasure goes on over a large mail whose bytes are gone', async () => {
  const mail = mailAt(desk)
  const { customer } = await mail.cardOfNew({ from: 'edda@home.example', name: 'Edda Quittenbaum', text: 'Hello.' })
  await desk.google.customers.write({
    from: 'news@shop.example',
    to: SUPPORT,
    subject: 'Win',
    text: 'It becomes no ticket.',
    spam: true,
    attachments: [{ filename: 'a.bin', content: randomBytes(300_000), contentType: 'application/octet-stream' }],
  })
  await desk.settle()
  const large = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.rawMail.findMany({ where: { objectKey: { not: null } } }),
    { reads: true },
  )
  expect(large).toHaveLength(1)
  await desk.ctx.objects.remove(large[0]?.objectKey ?? '')
  const body = { reason: 'customer_asked', confirmation: 'edda@home.example' } as const
  const { id: runId } = await desk.as('ada').call(eraseCustomer, { params: { customerId: customer.id }, body })
  await desk.settle()
  expect(await desk.as('ada').call(getForgettingRun, { params: { runId } })).toMatchObject({ state: 'done' })
})
