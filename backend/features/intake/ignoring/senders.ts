import type { IgnoredSender } from '../../../../shared/ignored-senders.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { domainOf, emailKey, findStaffByAddress, noteChange } from '../../settings/index.ts'
import { houseOf, isMailbox } from '../house.ts'

/** Mail providers of the public: their domain is millions of customers. */
const PROVIDERS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com aol.com icloud.com me.com mac.com proton.me protonmail.com gmx.de gmx.net gmx.com gmx.at web.de t-online.de freenet.de mail.com mail.ru yandex.ru yandex.com orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it tiscali.it terra.es telenet.be skynet.be ziggo.nl kpnmail.nl planet.nl home.nl wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz abv.bg hotmail.co.uk yahoo.co.uk btinternet.com sky.com virginmedia.com comcast.net verizon.net att.net qq.com 163.com 126.com naver.com zoho.com fastmail.com'.split(
    ' ',
  ),
)

const ADDRESS = /^[^\s<>"@]{1,64}@[^\s<>"@]{3,250}$/
const DOMAIN = /^(?!-)[a-z0-9.-]{1,250}\.[a-z0-9-]{2,60}$/

/** What was typed, as it is kept and compared: an address, or a domain. @throws DeskError invalid_request with what to write */
export function senderKey(text: string): string {
  const key = emailKey(text).replace(/^@/, '')
  if (ADDRESS.test(key) || DOMAIN.test(key)) return key
  throw new DeskError('invalid_request', 'Write an address (ads@example.com) or a domain (example.com).')
}

/** @throws DeskError invalid_request for whom nobody may stop hearing */
export async function refuseNeeded(tx: Tx, key: string): Promise<void> {
  const house = await houseOf(tx)
  const own = key.includes('@') ? isMailbox(house, key) : house.domains.has(key)
  if (own || house.domains.has(domainOf(key)) || (await findStaffByAddress(tx, key)))
    throw new DeskError('invalid_request', `${key} is your own. Its mail cannot be ignored.`)
  refuseProvider(key)
}

/** @throws DeskError invalid_request for a domain that is everybody's */
export function refuseProvider(key: string): void {
  if (PROVIDERS.has(key))
    throw new DeskError(
      'invalid_request',
      `${key} is a mail provider; all its customers would be meant. Name a single address instead.`,
    )
}

type Entry = { key: string; proven: boolean; ticketId: string | null }

/** Puts a sender on the list. Once more changes who is meant, never to fewer. @returns false when the list says so already */
export async function ignoreIn(tx: Tx, ctx: Ctx, { key, proven, ticketId }: Entry, by: Actor): Promise<boolean> {
  const { workspaceId, now } = tx
  const written = await tx.$executeRaw`
    insert into desk.ignored_sender as s (workspace_id, key, proven, ticket_id, by_id, created_at)
    values (${workspaceId}::uuid, ${key}, ${proven}, ${ticketId}::uuid, ${by.id}::uuid, ${now})
    on conflict (workspace_id, key) do update set proven = true where excluded.proven and not s.proven`
  if (written === 0) return false
  await noteChange(tx, await ctx.keyring.box(tx), {
    setting: 'ignored_senders',
    before: null,
    after: { key, proven },
    by,
  })
  return true
}

/** @returns false when it was not on the list */
export async function hearIn(tx: Tx, ctx: Ctx, key: string, by: Actor): Promise<boolean> {
  const { count } = await tx.ignoredSender.deleteMany({ where: { workspaceId: tx.workspaceId, key } })
  if (count === 0) return false
  await noteChange(tx, await ctx.keyring.box(tx), { setting: 'ignored_senders', before: { key }, after: null, by })
  return true
}

/** From the settings: whoever writes an entry by hand means all mail of it. */
export const addSender = (ctx: Ctx, text: string, by: Actor): Promise<boolean> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const key = senderKey(text)
    await refuseNeeded(tx, key)
    return ignoreIn(tx, ctx, { key, proven: true, ticketId: null }, by)
  })

export const removeSender = (ctx: Ctx, key: string, by: Actor): Promise<boolean> =>
  inWorkspace(ctx, by.workspaceId, (tx) => hearIn(tx, ctx, emailKey(key), by))

/** The newest entry first. */
export async function listSenders(
  ctx: Pick<Ctx, 'signer'>,
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: IgnoredSender[]; next: string | null }> {
  const list = `ignored-senders/${tx.workspaceId}`
  const rows = await tx.$queryRaw<Row[]>(sendersOf(tx.workspaceId, readCursor(ctx.signer, list, cursor), limit + 1))
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => ({
      sender: row.key,
      proven: row.proven,
      count: row.count,
      lastAt: row.lastAt?.toISOString() ?? null,
      by: row.by,
      since: row.createdAt.toISOString(),
    })),
    next: last ? packCursor(ctx.signer, list, [last.createdAt.toISOString(), last.key]) : null,
  }
}

type Row = { key: string; proven: boolean; count: number; lastAt: Date | null; by: string | null; createdAt: Date }

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function sendersOf(workspaceId: string, after: readonly unknown[] | null, limit: number): Prisma.Sql {
  const [at, key] = after ?? []
  return Prisma.sql`
    select i.key, i.proven, i.count, i.last_at as "lastAt", s.name as by, i.created_at as "createdAt" from desk.ignored_sender i
    left join desk.staff s on s.workspace_id = i.workspace_id and s.id = i.by_id
    where i.workspace_id = ${workspaceId}::uuid ${after ? Prisma.sql`and (i.created_at, i.key) < (${at}::timestamptz, ${key})` : Prisma.empty}
    order by i.created_at desc, i.key desc limit ${limit}`
}
