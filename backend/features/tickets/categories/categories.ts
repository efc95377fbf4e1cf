import { TICKET_CATEGORIES } from '../../../../shared/tickets.ts'
import type { Category } from '../../../../shared/triage.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'

const LABELS: Record<(typeof TICKET_CATEGORIES)[number], Category['labels']> = {
  order: { en: 'Order', de: 'Bestellung' },
  product: { en: 'Product', de: 'Produkt' },
  billing: { en: 'Billing', de: 'Rechnung' },
  technical: { en: 'Technical', de: 'Technik' },
  other: { en: 'Other', de: 'Anderes' },
}

/** As delivered. */
export const DEFAULT_CATEGORIES: readonly Category[] = TICKET_CATEGORIES.map((id) => ({
  id,
  labels: LABELS[id],
  retired: false,
}))

/** As its rows say; without rows as delivered. */
export const categoriesFrom = (rows: readonly Category[]): readonly Category[] =>
  rows.length > 0 ? rows : DEFAULT_CATEGORIES

/** JSON: the rows of a workspace in their order, for `categoriesFrom`. */
export const categoriesSql = (workspaceId: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  select coalesce(json_agg(json_build_object('id', k.id, 'labels', k.labels, 'retired', k.retired) order by k.position, k.id), '[]')
  from desk.ticket_category k where k.workspace_id = ${workspaceId})`

/** What tickets of the workspace can be about, retired ones too, in their order: one statement. */
export async function categoriesIn(tx: Tx): Promise<readonly Category[]> {
  const rows = await tx.ticketCategory.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, labels: true, retired: true },
  })
  return categoriesFrom(rows as Category[])
}

/** What people read. @param languages of the workspace, its first one first */
export const labelOf = ({ id, labels }: Category, languages: readonly string[]): string =>
  (labels as Record<string, string | undefined>)[languages[0] ?? 'en'] ?? labels.en ?? id

export type CategoryLabels = ReadonlyMap<string, string>

/** What people read, by id. @param rows of the workspace @param languages of the workspace, its first one first */
export const labelsFrom = (rows: readonly Category[], languages: readonly string[]): CategoryLabels =>
  new Map(categoriesFrom(rows).map((one) => [one.id, labelOf(one, languages)]))

/** The same of a workspace. */
export async function labelsIn(tx: Tx): Promise<CategoryLabels> {
  const { workspaceId } = tx
  const { languages } = await tx.workspace.findUniqueOrThrow({ where: { workspaceId }, select: { languages: true } })
  return labelsFrom(await categoriesIn(tx), languages)
}

/**
 * Categories that somebody asks for, each once, as they are stored; retired ones too, because tickets keep them.
 * @throws DeskError invalid_request for one that was never there
 */
export async function knownCategories(tx: Tx, wanted: readonly string[]): Promise<string[]> {
  const ids = [...new Set(wanted.map((each) => each.trim().toLowerCase()))]
  if (ids.length === 0) return []
  const known = (await categoriesIn(tx)).map(({ id }) => id)
  const strange = ids.find((id) => !known.includes(id))
  if (strange === undefined) return ids
  throw new DeskError('invalid_request', `There is no category «${strange}». Choose from ${known.join(', ')}.`)
}

/**
 * The category as it is stored, whatever its capitals.
 * @param before what the ticket has, which it may keep for ever
 * @throws DeskError invalid_request for one that is retired or was never there
 */
export async function knownCategory(tx: Tx, wanted: string, before: string | null): Promise<string> {
  if (wanted === before) return wanted
  const all = await categoriesIn(tx)
  const found = all.find(({ id }) => id === wanted.toLowerCase())
  if (found && !found.retired) return found.id
  const offered = all.filter(({ retired }) => !retired).map(({ id }) => id)
  const why = found ? `The category ${wanted} is retired.` : `There is no category ${wanted}.`
  throw new DeskError(
    'invalid_request',
    `${why} Choose one of ${offered.join(', ')}; an admin adds others in the settings.`,
  )
}
