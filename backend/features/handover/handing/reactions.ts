import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { on } from '../../../platform/events.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { type Notice, notify, peopleOf, person, ticketPath } from '../../notices/index.ts'
import { formatNumber } from '../../tickets/index.ts'
import { workHandedOver, workLeft } from '../events.ts'
import { ticketsWords } from '../open/words.ts'
import { LEFT } from '../paths.ts'
import { WORD_PLACE } from './handing-over.ts'

/** Whoever has more to do now is told by whom, and how it stands; whoever leads is told what nobody has. */
export const handoverReactions = [
  on(workHandedOver, 'handover:tell-receiver', (ctx: Ctx, workspaceId, { handoverId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const { notice, toId, byId } = await handedNotice(ctx, tx, handoverId)
      if (toId !== byId) await notify(ctx, tx, await person(tx, toId), notice) // who took it themselves knows
    }),
  ),

  on(workLeft, 'handover:tell-leads', (ctx: Ctx, workspaceId, { leavingId, staffId, tickets }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const name = await nameOf(tx, staffId)
      const subject = `${name} left ${ticketsWords(tickets)} open`
      const lines = [
        `${subject} when their work ended. Whoever is at work can go on with it; you give it to them here:`,
      ]
      const about = `left/${leavingId}`
      await notify(ctx, tx, await leadsBeside(tx, staffId), {
        kind: 'handover',
        about,
        subject,
        lines,
        path: LEFT,
        number: null,
      })
    }),
  ),
]

type People = Awaited<ReturnType<typeof peopleOf>>

/** Whoever leads, but for one; the admins where nobody is left of them. */
async function leadsBeside(tx: Tx, staffId: string): Promise<People> {
  const others = (people: People) => people.filter(({ id }) => id !== staffId)
  const leads = others(await peopleOf(tx, 'supervisor'))
  return leads.length > 0 ? leads : others(await peopleOf(tx, 'admin'))
}

type HandedRow = {
  toId: string
  fromId: string
  byId: string
  from: string
  by: string
  word: Uint8Array | null
  tickets: { id: string; number: number }[]
}

async function handedNotice(
  ctx: Ctx,
  tx: Tx,
  id: string,
): Promise<{ notice: Notice } & Pick<HandedRow, 'toId' | 'byId'>> {
  const [handed] = await tx.$queryRaw<HandedRow[]>(handedSql(tx.workspaceId, id))
  if (!handed) throw new Error(`There is no hand-over ${id}`)
  const { toId, byId, word, tickets } = handed
  const line = word && (await ctx.keyring.box(tx)).openText(WORD_PLACE, id, word)
  const named = tickets.map(({ number }) => formatNumber(number))
  const [only] = tickets.length === 1 ? tickets : []
  const notice: Notice = {
    kind: 'handover',
    about: `handover/${id}`,
    subject: `${handed.from}: ${ticketsWords(tickets.length)} handed over to you`,
    lines: [`${whoGave(handed)}: ${named.join(', ')}.`, ...(line ? ['', line] : [])],
    path: only ? ticketPath(only.id) : '/desk',
    number: only ? formatNumber(only.number) : null,
  }
  return { notice, toId, byId }
}

const whoGave = ({ byId, fromId, by, from }: HandedRow): string =>
  byId === fromId ? `${by} handed over` : `${by} gave you what ${from} left`

/** One statement: Prisma would ask for each relation at the same time, on the one connection of the transaction. */
const handedSql = (workspaceId: string, id: string): Prisma.Sql => Prisma.sql`
  select h.to_id::text as "toId", h.from_id::text as "fromId", h.by_id::text as "byId", f.name as from, b.name as by, h.word,
    (select json_agg(json_build_object('id', t.id, 'number', t.number) order by t.number) from desk.handover_ticket ht
      join desk.ticket t on t.workspace_id = ht.workspace_id and t.id = ht.ticket_id
      where ht.workspace_id = h.workspace_id and ht.handover_id = h.id) as tickets
  from desk.handover h
  join desk.staff f on f.workspace_id = h.workspace_id and f.id = h.from_id
  join desk.staff b on b.workspace_id = h.workspace_id and b.id = h.by_id
  where h.workspace_id = ${workspaceId}::uuid and h.id = ${id}::uuid`

async function nameOf(tx: Tx, id: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  return (await tx.staff.findUniqueOrThrow({ where, select: { name: true } })).name
}
