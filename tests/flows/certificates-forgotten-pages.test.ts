import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { goOnCounting } from '../../backend/features/intake/certifying/counting.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listMailCertificates, startMailCount } from '../../shared/certificates.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'

/** A day of a busy mailbox: more than three pages. */
const IDS = 1_600
const PAGE = 500
const DAY_MS = 86_400_000
const STEP_MS = DAY_MS / IDS

/** A Gmail that answers first pages only: it has forgotten every page that is asked for by its token. */
let began = 0
let forgot = 0
const gmail = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://flat')
  const answer = (value: object, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
  if (url.pathname === '/token') return answer({ access_token: 'flat', expires_in: 86_400 })
  if (url.pathname.endsWith('/profile')) return answer({ emailAddress: 'archive@fern.example', historyId: '1000' })
  if (url.pathname.endsWith('/watch')) return answer({ historyId: '1000', expiration: '4000000000000' })
  if (!url.pathname.endsWith('/messages')) return answer({ historyId: '1000' })
  if (url.searchParams.has('pageToken')) {
    forgot++
    return answer({ error: { code: 400, message: 'Invalid pageToken', errors: [{ reason: 'invalidArgument' }] } }, 400)
  }
  const [, after = 0, before = 0] = /after:(\d+) before:(\d+)/.exec(url.searchParams.get('q') ?? '')?.map(Number) ?? []
  const from = Math.max(0, Math.ceil((after * 1_000 - began) / STEP_MS))
  const to = Math.min(IDS, Math.ceil((before * 1_000 - began) / STEP_MS))
  const last = Math.min(to, from + PAGE)
  const messages = Array.from({ length: Math.max(0, last - from) }, (_, at) => ({ id: idOf(from + at), threadId: '1' }))
  answer({ messages, ...(last < to && { nextPageToken: 'gone' }) })
})

const idOf = (number: number): string => number.toString(16).padStart(16, '0')

let desk: Desk
beforeAll(async () => {
  await new Promise<void>((resolve) => gmail.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(gmail.address() as AddressInfo).port}`
  desk = await startDesk({ env: { GMAIL_URL: url, GOOGLE_TOKEN_URL: `${url}/token` } })
  began = Math.floor(desk.clock.now().getTime() / 1_000) * 1_000 - 2 * DAY_MS
  const owner = await ownerOf(desk.database)
  await owner.query('update desk.mailbox set created_at = $1', [new Date(began)])
  await owner.query(
    `insert into desk.mailbox_mail (workspace_id, mailbox_id, gmail_id, labels, state, outcome, reason, received_at, accepted_at, ended_at)
     select $1, $2, lpad(to_hex(n), 16, '0'), '{}', 'ended', 'ignored', 'mail_rule', $4, $4, $4 from generate_series(0, $3::int - 1) n`,
    [desk.workspaceId, desk.mailbox.mailboxId, IDS, new Date(began)],
  )
  await owner.end()
})
afterAll(async () => {
  await desk.stop()
  gmail.closeAllConnections()
  gmail.close()
})

test('a count ends and is exact though Google forgets every page that follows a first one', async () => {
  const { ctx, workspaceId, mailbox } = desk
  await desk.as('vera').call(startMailCount, { body: { mailboxId: mailbox.mailboxId } })
  const { id } = await inWorkspace(
    ctx,
    workspaceId,
    (tx) => tx.intakeCount.findFirstOrThrow({ where: { workspaceId }, select: { id: true } }),
    { reads: true },
  )
  for (let turn = 0; turn < 30; turn++) await goOnCounting(ctx, workspaceId, id)
  const [certificate] = (await desk.as('vera').call(listMailCertificates, { query: { limit: 1 } })).items
  expect(certificate).toMatchObject({ listed: IDS, missing: 0, unended: 0, outcomes: { ignored: IDS } })
  expect(forgot).toBeGreaterThan(0)
})
