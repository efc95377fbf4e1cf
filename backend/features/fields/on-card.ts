import type { FieldKind } from '../../../shared/fields.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import { missingSql } from './missing.ts'
import { asksFor, openValue } from './rows.ts'

type FilledRow = { id: string; label: string; kind: FieldKind; value: string | null; words: string | null }

/** Fields as far as the card of a ticket shows them. */
export type OnCard = {
  /** Whether anything is asked for here at all. */
  asked: boolean
  filled: FilledRow[]
  /** Names of what has to be filled in before solving. */
  missing: string[]
}

/** JSON about row `t` of desk.ticket; definitions are few, values are found by their key. */
export const fieldsOnCardSql = (): Prisma.Sql => Prisma.sql`
  select json_build_object(
    'asked', exists (select from desk.custom_field f where f.workspace_id = t.workspace_id and f.about = 'ticket' and f.retired_at is null
      and ${asksFor(Prisma.sql`t.category`)}),
    'filled', (select coalesce(json_agg(json_build_object('id', f.id, 'label', f.label, 'kind', f.kind, 'value', encode(v.value, 'base64'),
        'words', c.label) order by f.position, f.id), '[]')
      from desk.field_value v
      join desk.custom_field f on f.workspace_id = v.workspace_id and f.id = v.field_id
      left join desk.custom_field_choice c on c.workspace_id = v.workspace_id and c.id = v.choice_id
      where v.workspace_id = t.workspace_id and v.owner_id = t.id),
    'missing', (select coalesce(json_agg(m.label), '[]') from (${missingSql({
      workspaceId: Prisma.sql`t.workspace_id`,
      ticketId: Prisma.sql`t.id`,
      customerId: Prisma.sql`t.customer_id`,
      category: Prisma.sql`t.category`,
    })}) m))`

/** What is filled in, in words. */
export const openOnCard = (box: Box, ownerId: string, filled: readonly FilledRow[]) =>
  filled.map(({ id, label, value, words }) => ({
    label,
    words: value === null ? (words ?? '') : openValue(box, ownerId, id, value),
  }))
