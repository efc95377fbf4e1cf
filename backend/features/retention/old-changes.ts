import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { firstIdAt } from '../../platform/ids.ts'
import { job } from '../../platform/jobs.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { FORGOTTEN } from './forgotten-words.ts'

const DAY_MS = 86_400_000
/** For so long the audit says whose mail somebody chose to ignore; that it was done, when and by whom stays. */
const NAMED_DAYS = 365
const AT_ONCE = 200
const PLACE = 'setting_change.content'
const FIRST = '00000000-0000-0000-0000-000000000000'

const Side = z.looseObject({ key: z.string().optional() }).nullable()
const Content = z.object({ before: Side, after: Side })

/** Changes of settings stay for good, so those that name a sender lose the name with time. */
export const forgetIgnoredSenders = job('retention:forget-senders', z.object({}), async (ctx: Ctx, workspaceId) => {
  for (let after: string | null = FIRST; after !== null; ) after = await forgetSome(ctx, workspaceId, after)
})

/** @returns the last one looked at; null when there are no more */
const forgetSome = (ctx: Ctx, workspaceId: string, after: string): Promise<string | null> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const before = firstIdAt(new Date(tx.now.getTime() - NAMED_DAYS * DAY_MS))
    const rows = await tx.settingChange.findMany({
      where: { workspaceId, setting: 'ignored_senders', id: { gt: after, lt: before } },
      select: { id: true, content: true },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    })
    const box = await ctx.keyring.box(tx)
    const named = rows.flatMap(({ id, content }) => {
      const text = nameless(box.openText(PLACE, id, content))
      return text === null ? [] : [{ id, content: box.seal(PLACE, id, text).toString('base64') }]
    })
    if (named.length > 0) await tx.$queryRaw`select app.rewrite_setting_changes(${JSON.stringify(named)}::jsonb)`
    return rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null)
  })

/** @returns null when it names nobody */
function nameless(text: string): string | null {
  const { before, after } = Content.parse(JSON.parse(text))
  const isNamed = [before, after].some((side) => side?.key !== undefined && side.key !== FORGOTTEN)
  if (!isNamed) return null
  const without = (side: z.infer<typeof Side>) => (side?.key === undefined ? side : { ...side, key: FORGOTTEN })
  return JSON.stringify({ before: without(before), after: without(after) })
}
