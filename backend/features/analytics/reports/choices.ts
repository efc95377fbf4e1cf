import type { Dimension, FigureScope, ReportFilter } from '../../../../shared/analytics.ts'
import { TICKET_CHANNELS, TICKET_PRIORITIES } from '../../../../shared/tickets.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { labelsIn, PRIORITY_WORDS } from '../../tickets/index.ts'
import { DIMENSION_WORDS } from './axes.ts'

type Choice = ReportFilter['choices'][number]

/** What somebody can filter by, and the values to choose from. */
export type Choices = readonly ReportFilter[]

const MOST = 100

const CHANNELS: Record<(typeof TICKET_CHANNELS)[number], string> = { mail: 'Mail', call: 'Call', walk_in: 'Visit' }
const TIERS = { standard: 'Standard', plus: 'Plus', vip: 'VIP' }

/** The filters of every report, with what there is in a workspace; a hundred of each at most. */
export async function filterChoices(ctx: Ctx, workspaceId: string): Promise<ReportFilter[]> {
  const { mailboxes, categories, people, tags } = await inWorkspace(ctx, workspaceId, namesIn, { reads: true })
  const named: [Dimension, Choice[]][] = [
    ['mailbox', mailboxes.map(({ id, address }) => ({ value: id, label: address }))],
    ['category', [...[...categories].map(([value, label]) => ({ value, label })), none('No category')]],
    ['priority', TICKET_PRIORITIES.toReversed().map((value) => ({ value, label: PRIORITY_WORDS[value] }))],
    ['agent', [...people.map(({ id, name }) => ({ value: id, label: name })), none('Nobody')]],
    ['tag', [...tags.map((tag) => ({ value: tag, label: tag })), none('No tag')]],
    ['tier', Object.entries(TIERS).map(([value, label]) => ({ value, label }))],
    ['channel', TICKET_CHANNELS.map((value) => ({ value, label: CHANNELS[value] }))],
  ]
  return named.map(([dimension, choices]) => ({ dimension, label: DIMENSION_WORDS[dimension], choices }))
}

const none = (label: string): Choice => ({ value: 'none', label })

async function namesIn(tx: Tx) {
  const { workspaceId } = tx
  return {
    mailboxes: await tx.mailbox.findMany({
      where: { workspaceId },
      orderBy: { address: 'asc' },
      take: MOST,
      select: { id: true, address: true },
    }),
    categories: await labelsIn(tx),
    people: await tx.staff.findMany({
      where: { workspaceId, role: { in: ['agent', 'supervisor', 'admin'] } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: MOST - 1,
      select: { id: true, name: true },
    }),
    tags: (await tx.$queryRaw<{ tag: string }[]>(tagsSql(workspaceId))).map(({ tag }) => tag),
  }
}

/** Tags that open tickets carry, found by stepping through the index of what is kept of them. */
export const tagsSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  with recursive named (tag, n) as (
    (select g.tag, 1 from desk.ticket_tag g where g.workspace_id = ${workspaceId}::uuid order by g.tag limit 1)
    union all
    select (select g.tag from desk.ticket_tag g where g.workspace_id = ${workspaceId}::uuid and g.tag > named.tag
      order by g.tag limit 1), n + 1
    from named where named.tag is not null and n < ${MOST - 1})
  select tag from named where tag is not null`

/** What is not among the choices: nobody reads an id. */
const unlisted = (value: string): string => {
  if (value === 'none') return 'none'
  return /^[0-9a-f]{8}-/.test(value) ? 'one that is not listed' : value
}

/** Filters as people read them: Category: Refund or Delivery · Agent: Nora. Empty without any. */
export function filterWords(scope: Partial<FigureScope>, choices: Choices): string {
  return choices
    .flatMap(({ dimension, label, choices: known }) => {
      const wanted = scope[dimension] ?? []
      const words = wanted.map((value) => known.find((one) => one.value === value)?.label ?? unlisted(value))
      return words.length > 0 ? [`${label}: ${words.join(' or ')}`] : []
    })
    .join(' · ')
}
