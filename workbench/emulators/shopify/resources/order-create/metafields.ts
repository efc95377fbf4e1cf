import { type UserError, userError } from '../../graphql/refusal.ts'
import type { Ctx } from '../../graphql/resource.ts'
import { type Change, put } from '../../store/entries.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { MetafieldInput } from './input.ts'

/** A value that a unique definition already has elsewhere keeps the whole order from being made. */
export function takenValue(ctx: Ctx, metafields: MetafieldInput[] | null | undefined): UserError | undefined {
  const { definitions, metafields: table } = ctx.shop.tables
  for (const [index, metafield] of (metafields ?? []).entries()) {
    const { namespace, key, value } = namesIn(ctx, metafield)
    const unique = definitions.by('key', `ORDER:${namespace}.${key}`).some((definition) => definition.unique)
    if (unique && table.by('value', `${namespace}.${key}=${value}`).length > 0)
      return userError(['order', 'metafields', String(index), 'value'], 'Value has already been taken', 'INVALID')
  }
  return undefined
}

export const metafieldsFor = (ctx: Ctx, ownerId: Gid, metafields: MetafieldInput[] | null | undefined): Change[] =>
  (metafields ?? []).map((metafield) => {
    const { namespace, key, value } = namesIn(ctx, metafield)
    const type = metafield.type ?? typeByDefinition(ctx, namespace, key)
    const at = ctx.shop.at()
    return put('metafields', {
      id: ctx.shop.newGid('Metafield'),
      ownerId,
      namespace,
      key,
      type,
      value,
      createdAt: at,
      updatedAt: at,
    })
  })

const namesIn = ({ app }: Ctx, { namespace, key, value }: MetafieldInput) => ({
  namespace: namespace?.replace('$app', `app--${app.clientId}`) ?? `app--${app.clientId}`,
  key: key ?? '',
  value: value ?? '',
})

const typeByDefinition = ({ shop }: Ctx, namespace: string, key: string) =>
  shop.tables.definitions.by('key', `ORDER:${namespace}.${key}`)[0]?.type ?? 'single_line_text_field'
