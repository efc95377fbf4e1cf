import { z } from 'zod'
import { ADMINS } from '../../../../shared/roles.ts'
import { SETTINGS } from '../../../../shared/settings.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { changesBefore, type NotedChange } from '../changes.ts'
import { zoneOf } from '../workspaces.ts'
import { type Difference, differences, NOTHING } from './differences.ts'
import { page, type Visit } from './page.ts'
import { timeIn } from './times.ts'

const PATH = '/settings/changes'
const AT_ONCE = 25

/** Who set what, from what to what. */
export const changesPage = page(
  PATH,
  ADMINS,
  async (ctx, visit) => ({ title: 'Changes of settings', body: view(await changesFor(ctx, visit)) }),
  { word: 'Changes of settings', group: 'Desk' },
)

type Seen = { changes: NotedChange[]; zone: string; next: string | null }

const changesFor = (ctx: Ctx, { actor, query }: Visit): Promise<Seen> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const [last = null] = readCursor(ctx.signer, 'setting-changes', query.get('cursor') ?? undefined) ?? []
      const box = await ctx.keyring.box(tx)
      const found = await changesBefore(tx, box, last === null ? null : String(last), AT_ONCE + 1)
      const changes = found.slice(0, AT_ONCE)
      const end = found.length > AT_ONCE ? changes.at(-1) : undefined
      const next = end ? packCursor(ctx.signer, 'setting-changes', [end.id]) : null
      return { changes, zone: await zoneOf(tx), next }
    },
    { reads: true },
  )

const view = ({ changes, zone, next }: Seen) => html`
  <h1>Changes of settings</h1>
  ${changes.length === 0 && html`<p>Nothing was changed yet.</p>`}
  ${changes.map((change) => section(change, zone))}
  ${next && html`<p><a class="button" href=${`${PATH}?${new URLSearchParams({ cursor: next })}`}>Earlier</a></p>`}`

const section = (change: NotedChange, zone: string) => {
  const { setting, by, at, before, after } = change
  return html`
  <section aria-label=${SETTINGS[setting]}>
    <h2>${SETTINGS[setting]}${nameIn(after ?? before)}</h2>
    <p class="soft">${verbOf(before, after)} by ${by}, ${timeIn(zone, at)}</p>
    <ul>${tellingOf(change).map((difference) => line(difference, after === null))}</ul>
  </section>`
}

/** Of what is new only what it has. */
const tellingOf = ({ before, after, names }: NotedChange): Difference[] =>
  differences(before, after, names).filter(({ is }) => before !== null || (is !== NOTHING && is !== 'no'))

/** Whose it is: a person, a key, a policy. */
const nameIn = (value: unknown): string => {
  const named = Named.safeParse(value).data
  const name = named?.name ?? named?.title ?? named?.label ?? named?.staff?.name
  return name === undefined ? '' : `: ${name}`
}

const Named = z.object({
  name: z.string().optional(),
  title: z.string().optional(),
  label: z.string().optional(),
  staff: z.object({ name: z.string() }).optional(),
})

function verbOf(before: unknown, after: unknown): string {
  if (before === null) return 'Added'
  return after === null ? 'Removed' : 'Changed'
}

/** Of what was removed, what it was. */
const line = ({ what, was, is }: Difference, removed: boolean) => html`
  <li>${what && html`<strong>${what}</strong>: `}${removed ? was : is}${!removed && was !== NOTHING && html` <span class="soft">(was ${was})</span>`}</li>`
