import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type pg from 'pg'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import { type SigningKey, sign, signingKey } from '../../../workbench/emulators/google/oauth/jwt.ts'
import type { Person } from '../measuring/agents.ts'
import { writeCards } from './cards.ts'
import type { Ground } from './ground.ts'
import { WORLDS } from './world.ts'

const MESSAGES = 20
const HOUR = 3_600

/** Google's published keys, as far as a backend that knows its people asks for them. */
export async function publishKeys(key: SigningKey): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key.jwk] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

export const newSigningKey = () => signingKey()

/** So many signed-in agents in a workspace, each with an open ticket of a long conversation. */
export async function hire(
  owner: pg.Client,
  { ctx }: Ground,
  { workspaceId, count, key }: { workspaceId: string; count: number; key: SigningKey },
): Promise<Person[]> {
  const box = await inWorkspace(ctx, workspaceId, (tx) => ctx.keyring.box(tx), { reads: true })
  const plan = { ...WORLDS.standard, cards: { tickets: count, messages: MESSAGES } }
  const known = await longOnes(owner, workspaceId, count)
  await owner.query('begin')
  const tickets = known ?? (await writeCards(owner, plan, workspaceId, box))
  await owner.query('commit')
  await owner.query(
    `create temporary table as_it_was as select * from desk.ticket where workspace_id = $1 and id = any($2::uuid[])`,
    [workspaceId, tickets],
  )
  const { rows } = await owner.query<{ domain: string }>(
    'select domain from directory.domain where workspace_id = $1',
    [workspaceId],
  )
  const domain = rows[0]?.domain ?? ''
  const staff = await owner.query<{ id: string; sub: string; email: string }>(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, google_sub, state, created_at, signed_in_at)
     select $1, uuidv7(), email, email, 'Agent at work ' || n, 'agent', 'at-work-' || n, 'active', now(), now()
     from (select n, format('at-work-%s@%s', n, $3::text) as email from generate_series(1, $2::int) n) numbered
     returning id::text, google_sub as sub, email`,
    [workspaceId, count, domain],
  )
  const now = Math.floor(Date.now() / 1_000)
  return staff.rows.map(({ id, sub, email }, number) => ({
    staffId: id,
    ticketId: tickets[number] ?? '',
    token: sign(key, {
      iss: 'https://accounts.google.com',
      aud: 'addon-client',
      sub,
      email,
      email_verified: true,
      hd: domain,
      iat: now,
      exp: now + HOUR,
    }),
  }))
}

/** The newest tickets, if an earlier run gave them their conversations. */
async function longOnes(owner: pg.Client, workspaceId: string, count: number): Promise<string[] | null> {
  const { rows } = await owner.query<{ id: string; messages: number }>(
    'select id::text, message_count as messages from desk.ticket where workspace_id = $1 order by id desc limit $2',
    [workspaceId, count],
  )
  return rows.every(({ messages }) => messages >= MESSAGES) ? rows.map(({ id }) => id) : null
}

/** What acts on a ticket change of its row. */
const CHANGED = ['status', 'assignee_id', 'queue_at', 'due_at', 'last_message_at', 'message_count', 'version']

const AT_WORK = `select id from desk.staff where workspace_id = $1 and google_sub like 'at-work-%'`

/** They leave, and their tickets are as they were. */
export async function dismiss(owner: pg.Client, workspaceId: string): Promise<void> {
  const before = CHANGED.map((column) => `${column} = w.${column}`).join(', ')
  await owner.query(
    `update desk.ticket t set ${before} from as_it_was w where t.workspace_id = $1 and t.id = w.id`, // its tags follow
    [workspaceId],
  )
  await owner.query('begin')
  await owner.query('set local session_replication_role = replica')
  for (const condition of [
    `search_document where id in (select id from desk.message where workspace_id = $1 and author_id in (${AT_WORK}))`,
    `message where author_id in (${AT_WORK})`,
    `event where actor_id in (${AT_WORK})`,
    `idempotency_key where actor_id in (${AT_WORK})`,
    `ticket_claim where staff_id in (${AT_WORK})`,
    'sla_clock where ticket_id in (select id from as_it_was)',
    `staff where id in (${AT_WORK})`,
  ])
    await owner.query(`delete from desk.${condition} and workspace_id = $1`, [workspaceId])
  await owner.query('delete from graphile_worker._private_jobs')
  await owner.query('commit')
  await owner.query('drop table as_it_was')
  await owner.query('vacuum (analyze) desk.ticket') // figures that follow find what they would have found
}

export type Engaged = Awaited<ReturnType<typeof engage>>

/** Somebody of a workspace who opens pages. */
export async function engage(owner: pg.Client, workspaceId: string, role: 'agent' | 'supervisor' = 'agent') {
  const { rows } = await owner.query<{ id: string; name: string }>(
    `insert into desk.staff (workspace_id, id, email, email_key, name, role, google_sub, state, created_at, signed_in_at)
     values ($1, uuidv7(), $2, $2, 'At a page', $3, $2, 'active', now(), now()) returning id::text, name`,
    [workspaceId, `${role}-at-a-page`, role],
  )
  const [person] = rows
  if (!person) throw new Error('Nobody was engaged')
  return {
    workspaceId,
    role,
    person,
    /** They leave, and nothing is left of them. */
    async leave(): Promise<void> {
      await owner.query('begin')
      await owner.query('set local session_replication_role = replica')
      for (const condition of ['page_session where staff_id', 'event where actor_id', 'staff where id'])
        await owner.query(`delete from desk.${condition} = $2 and workspace_id = $1`, [workspaceId, person.id])
      await owner.query('commit')
    },
  }
}
