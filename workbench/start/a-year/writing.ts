import pg from 'pg'
import { countingBy } from '../../../backend/features/sla/index.ts'
import { newId } from '../../../backend/platform/ids.ts'
import { inWorkspace } from '../../../backend/platform/tenancy.ts'
import type { Google } from '../../emulators/google/google.ts'
import { DAY_MS, DAYS, daysOf, momentOf } from '../../scenarios/a-year/calendar.ts'
import { TEAM } from '../../scenarios/a-year/team.ts'
import { ticketOf } from '../../scenarios/a-year/ticket.ts'
import { drawFrom } from '../../scenarios/busy-day/drawing.ts'
import type { Person } from '../../scenarios/story.ts'
import type { RunningBackend } from '../backend.ts'
import { type KnownOrder, writeAction } from './action-rows.ts'
import { keepMails, type Thread } from './old-mails.ts'
import { type Pouring, pour } from './pouring.ts'
import { putAside, SAMPLED } from './put-aside.ts'
import { TABLES, type TableName } from './tables.ts'
import { type House, writeTicket } from './talk-rows.ts'
import { wordsOfTheYear } from './word-rows.ts'
import { writeWork } from './work-rows.ts'

type Wanted = { tickets: number; mailDays: number; seed: number }

type Place = { ctx: RunningBackend['ctx']; google: Google; ownerUrl: string; workspaceId: string; now: number }

const TICKETS_A_CUSTOMER = 3.2

/** Writes a year of the desk straight into its tables, and its last days into the mailbox. `told` hears how many tickets are done. */
export async function writeYear(
  place: Place,
  { tickets: count, mailDays, seed }: Wanted,
  told: (done: number, of: number) => void,
): Promise<void> {
  const { google, ownerUrl, now } = place
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const house = await houseOf(place, owner)
    const orders = await ordersIn(owner, place.workspaceId)
    await makeRoom(owner, now)
    const buildIndexes = await putAside(owner, LARGE)
    const tables = await openTables(ownerUrl)
    const words = await wordsOfTheYear(place, tables.search_document)
    const draw = drawFrom(seed)
    const customers = Math.ceil(count / TICKETS_A_CUSTOMER)
    const people = writeCustomers(tables, house, customers, (ago) => midnight(now, ago))
    writeWork(tables, house, draw, (ago) => midnight(now, ago))
    const recent: Thread[] = []
    let number = 0
    for (const ago of daysOf(count, new Date(now))) {
      const at = midnight(now, ago) + momentOf(draw)
      number++
      if (at >= now) continue
      const ticket = ticketOf(draw, house.counting.open, { at, ago, now, customers })
      const person = people[ticket.customer] ?? people[0]
      if (!person) throw new Error('A year needs customers')
      const one = { ticket, id: newId(new Date(at)), number, customerId: person.id, customer: person }
      const mails = writeTicket(tables, house, one)
      for (const mail of mails) words.writeMail(one.id, mail)
      words.writeTicket(one)
      writeAction(tables, house, one, draw, draw.one(orders))
      if (ago <= mailDays) recent.push(mails)
      if (number % 500 === 0) {
        await Promise.all(Object.values(tables).map((table) => table.flush()))
        if (number % 10_000 === 0) told(number, count)
      }
    }
    await endAll(tables, buildIndexes, place, () => keepMails(google, tables.mailbox_mail, house, recent))
    await finish(owner, place.workspaceId, { number: number + 1, now })
    told(count, count)
  } finally {
    await owner.end()
  }
}

/** A midnight of the shop's clocks would move with summer; an hour more or less is nobody's story. */
const midnight = (now: number, ago: number) => Math.floor(now / DAY_MS) * DAY_MS - ago * DAY_MS

async function houseOf({ ctx, workspaceId, now }: Place, owner: pg.Client): Promise<House> {
  const ask = async <T extends pg.QueryResultRow>(sql: string) => (await owner.query<T>(sql, [workspaceId])).rows
  const staff = new Map(
    (await ask<{ id: string; email: string }>('select id, email from desk.staff where workspace_id = $1')).map(
      ({ id, email }) => [email, id],
    ),
  )
  const [mailbox] = await ask<{ id: string }>('select id from desk.mailbox where workspace_id = $1')
  const [rules] = await ask<{ rules: unknown; version: number; timeZone: string }>(
    `select s.rules, coalesce(s.version, 0) as version, w.time_zone as "timeZone" from desk.workspace w
     left join desk.sla_setting s on s.workspace_id = w.workspace_id where w.workspace_id = $1`,
  )
  if (!mailbox || !rules) throw new Error('The workspace is not made yet')
  return {
    workspaceId,
    mailboxId: mailbox.id,
    box: await inWorkspace(ctx, workspaceId, (tx) => ctx.keyring.box(tx)),
    counting: countingBy({ rules: rules.rules ?? null, timeZone: rules.timeZone }),
    rulesVersion: rules.version,
    policyId: 'default',
    now,
    openOn: new Set(),
    staffId: (email) => {
      const id = staff.get(email)
      if (!id) throw new Error(`${email} is not on the staff`)
      return id
    },
  }
}

async function ordersIn(owner: pg.Client, workspaceId: string): Promise<KnownOrder[]> {
  const { rows } = await owner.query<KnownOrder>(
    `select o.id, o.name, o.shop_id as "shopId", o.shopify_id::text as "shopifyId", s.currency from desk.shop_order o
     join desk.shop s on s.workspace_id = o.workspace_id and s.id = o.shop_id where o.workspace_id = $1 and s.currency = 'GBP' order by o.id`,
    [workspaceId],
  )
  if (rows.length === 0) throw new Error('The shop has no orders yet')
  return rows
}

/** Tables with as many rows as a year has tickets, or more. */
const LARGE = ['ticket', 'message', 'search_document', 'event', 'sla_clock'] as const

/** The record comes last, because figures follow it; indexes are built as soon as their tables are whole, of several tables at a time. */
async function endAll(
  { event, mailbox_mail, ...others }: Record<TableName, Pouring>,
  buildIndexes: Awaited<ReturnType<typeof putAside>>,
  { ownerUrl, workspaceId, now }: Place,
  keepRecent: () => Promise<void>,
): Promise<void> {
  const build = (tables: readonly TableName[]) =>
    connected(ownerUrl, async (client) => {
      for (const table of tables) await buildIndexes(client, table)
    })
  await Promise.all(Object.values(others).map((table) => table.end()))
  const othersBuilt = Promise.all([
    build(['search_document']),
    build(['ticket', 'message', 'sla_clock']),
    keepRecent()
      .then(() => mailbox_mail.end())
      .then(() => lookOver(ownerUrl)),
  ])
  const told = event.end(async (client) => {
    await buildIndexes(client, 'event') // before anybody sees it: whoever follows the record would read all of it again and again
    await othersBuilt
    // no trigger told of shifts, cards and compensation: the lake is asked to read all of the workspace
    await client.query(
      `insert into desk.lake_note (workspace_id, transaction_id, kind, key, noted_at)
       values ($1, pg_current_xact_id()::text::bigint, 'all', '', $2)`,
      [workspaceId, new Date(now)],
    )
  })
  await Promise.all([told, othersBuilt])
}

/** Who reads tables of which nobody knows how many rows they have reads them row by row, for minutes. */
const lookOver = (ownerUrl: string): Promise<void> =>
  connected(ownerUrl, async (client) => {
    await client.query(`set default_statistics_target = ${SAMPLED}`)
    for (const table of Object.keys(TABLES) as TableName[])
      if (!LARGE.some((large) => large === table)) await client.query(`analyze desk.${table}`)
  })

async function connected(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Months of the past have no room for their record yet. */
async function makeRoom(owner: pg.Client, now: number): Promise<void> {
  for (let ago = DAYS + 31; ago > 0; ago -= 27)
    await owner.query('select app.ensure_partitions($1)', [new Date(now - ago * DAY_MS)])
}

async function openTables(url: string): Promise<Record<TableName, Pouring>> {
  const names = Object.keys(TABLES) as TableName[]
  const opened = await Promise.all(
    names.map(async (name) => [name, await pour(url, { name, columns: TABLES[name] })] as const),
  )
  return Object.fromEntries(opened) as Record<TableName, Pouring>
}

const FIRST =
  'Alice Barnaby Cora Dermot Edith Fergus Greta Harriet Imran Joan Kenji Lorna Mabel Niall Olive Patrick Queenie Rupert Sheila Tariq'.split(
    ' ',
  )
const LAST =
  'Ashdown Barrow Cobb Dunmore Eddery Fairley Goodwin Hartley Ingle Jessop Kettle Lowther Marsh Netley Oakes Penrose Quill Ramsey Thwaite'.split(
    ' ',
  )

function writeCustomers(
  tables: Record<TableName, Pouring>,
  { workspaceId }: House,
  count: number,
  midnightAt: (ago: number) => number,
): (Person & { id: string })[] {
  const met = new Date(midnightAt(DAYS + 1))
  return Array.from({ length: count }, (_, n) => {
    const [first, last] = [FIRST[n % FIRST.length] ?? '', LAST[Math.floor(n / FIRST.length) % LAST.length] ?? '']
    const person = {
      id: newId(met),
      name: `${first} ${last}`,
      email: `${first}.${last}${n}@postbox.example`.toLowerCase(),
    }
    tables.customer.row(workspaceId, person.id, person.name, person.email, met)
    tables.customer_address.row(workspaceId, person.email, person.id, person.email, met)
    return person
  })
}

/** What the desk would have counted and kept by itself. */
async function finish(
  owner: pg.Client,
  workspaceId: string,
  { number, now }: { number: number; now: number },
): Promise<void> {
  await owner.query('update desk.workspace set next_ticket_number = $2 where workspace_id = $1', [workspaceId, number])
  for (const { seed, since } of TEAM)
    await owner.query(
      'update desk.staff set started_on = $3::timestamptz::date, created_at = $3::timestamptz where workspace_id = $1 and email = $2',
      [workspaceId, seed.email, new Date(now - since * DAY_MS)],
    )
}
