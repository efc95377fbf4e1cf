import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { goOnCounting } from '../../backend/features/intake/certifying/counting.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listMailCertificates, startMailCount } from '../../shared/certificates.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { heldBytes } from '../support/held-memory.ts'

const IDS = Number(process.env['CERTIFICATE_IDS'] ?? 1_000_000)
const DAYS = 400
const STEP_MS = (DAYS * 86_400_000) / IDS
/** Not here, and here without an outcome. */
const [MISSING, WAITING] = [7, 5]
const PAGE = 500

const idOf = (number: number): string => number.toString(16).padStart(16, '0')

/** A Gmail that lists a mail for each step of time and holds none of them. */
let began = 0
const gmail = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://flat')
  const answer = (value: object) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
  if (url.pathname === '/token') return answer({ access_token: 'flat', expires_in: 86_400 })
  if (url.pathname.endsWith('/profile')) return answer({ emailAddress: 'archive@fern.example', historyId: '1000' })
  if (url.pathname.endsWith('/watch')) return answer({ historyId: '1000', expiration: '4000000000000' })
  if (!url.pathname.endsWith('/messages')) return answer({ historyId: '1000' })
  const [, after = 0, before = 0] = /after:(\d+) before:(\d+)/.exec(url.searchParams.get('q') ?? '')?.map(Number) ?? []
  const from = Math.max(0, Math.ceil((after * 1_000 - began) / STEP_MS))
  const to = Math.min(IDS, Math.ceil((before * 1_000 - began) / STEP_MS))
  const first = from + Number(url.searchParams.get('pageToken') ?? 0)
  const last = Math.min(to, first + PAGE)
  const messages = Array.from({ length: Math.max(0, last - first) }, (_, at) => ({
    id: idOf(first + at),
    threadId: '1',
  }))
  answer({ messages, ...(last < to && { nextPageToken: String(last - from) }) })
})

let desk: Desk
beforeAll(async () => {
  await new Promise<void>((resolve) => gmail.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(gmail.address() as AddressInfo).port}`
  desk = await startDesk({ env: { GMAIL_URL: url, GOOGLE_TOKEN_URL: `${url}/token` } })
  began = Math.floor(desk.clock.now().getTime() / 1_000) * 1_000 - (DAYS + 1) * 86_400_000
  const owner = await ownerOf(desk.database)
  const { mailboxId } = desk.mailbox
  await owner.query('update desk.mailbox set created_at = $1', [new Date(began)])
  await owner.query(
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, labels, state, outcome, reason, received_at, accepted_at, ended_at)
     select $1, $2, lpad(to_hex(n), 16, '0'), '{}', case when n < $4 then 'received' else 'ended' end, case when n >= $4 then 'ignored' end,
       case when n >= $4 then 'mail_rule' end, $5, $5, case when n >= $4 then $5::timestamptz end from generate_series(0, $3::int - 1) n where n < $3::int - $6::int`,
    [desk.workspaceId, mailboxId, IDS, WAITING, new Date(began), MISSING],
  )
  await owner.query('vacuum analyze desk.mailbox_mail')
  await owner.end()
}, 600_000)
afterAll(async () => {
  await desk.stop()
  gmail.closeAllConnections()
  gmail.close()
})

const held = (): number => heldBytes() / 1e6

const progress = (id: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    async (tx) => {
      const where = { workspaceId: desk.workspaceId, id }
      return {
        count: await tx.intakeCount.findFirst({ where, select: { state: true, problem: true, reachedAt: true } }),
        done: (await tx.intakeCertificate.count({ where })) > 0,
      }
    },
    { reads: true },
  )

test('a certificate of a million ids is exact and needs the memory of one page', async () => {
  const { ctx, workspaceId, mailbox } = desk
  await desk.as('vera').call(startMailCount, { body: { mailboxId: mailbox.mailboxId } })
  const { id } = await inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.intakeCount.findFirstOrThrow({ where: { workspaceId }, select: { id: true } }),
    { reads: true },
  )
  const [before, start] = [held(), performance.now()]
  const later: number[] = []
  for (let turn = 0; ; turn++) {
    await goOnCounting(ctx, workspaceId, id)
    if (turn % 20 === 0) later.push(held())
    const { count, done } = await progress(id)
    if (done) break
    expect(count).toMatchObject({ state: 'running', problem: null })
  }
  const seconds = (performance.now() - start) / 1_000
  const [certificate] = (await desk.as('vera').call(listMailCertificates, { query: { limit: 1 } })).items
  const most = Math.max(...later)
  console.info(
    `${IDS} ids in ${seconds.toFixed(0)} s, ${(IDS / seconds).toFixed(0)} a second; held ${before.toFixed(0)} MB before, at most ${most.toFixed(0)} MB`,
  )
  expect(certificate).toMatchObject({ listed: IDS, missing: MISSING, unended: WAITING })
  expect(certificate?.outcomes).toEqual({ ignored: IDS - MISSING - WAITING })
  expect(most).toBeLessThan(before + 40)
}, 1_200_000)
