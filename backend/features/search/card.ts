import type { PanelCard, PanelPress, PanelSection, PanelWidget } from '../../../shared/panel.ts'
import type { SearchHit, SearchOrder } from '../../../shared/search.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { button, buttons, clockTime, fact, input, present, remark, section, warning } from '../../platform/panel.ts'
import { STATUS_WORDS } from '../tickets/index.ts'
import { inQuotes } from './excerpts.ts'
import { type Found, search } from './finding.ts'
import { presentHit } from './hits.ts'

/** A card has room for so many. */
const ON_CARD = 10

export type CardAsked = { q: string; order: SearchOrder; cursor?: string | undefined }

/** The search of the panel. What cannot be searched for comes back with what was typed, and why. */
export async function searchCard(ctx: Ctx, asked: CardAsked, by: Actor): Promise<PanelCard> {
  if (asked.q.trim() === '') return drawn(asked, help)
  try {
    return drawn(asked, ...resultSections(asked, await search(ctx, { ...asked, limit: ON_CARD }, by)))
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'invalid_request') throw error
    return drawn(asked, section(null, warning(error.message)), help)
  }
}

const drawn = ({ q }: CardAsked, ...sections: (PanelSection | null)[]): PanelCard => ({
  title: 'Search',
  subtitle: null,
  sections: present(field(q), ...sections),
  say: null,
})

const field = (q: string) =>
  section(
    null,
    input('q', 'Search tickets', q, 'words, a name, an order number, from:ada, status:open'),
    buttons(
      button(
        'Search',
        { kind: 'call', method: 'POST', path: '/v1/search-cards', key: null, lay: 'update' },
        { filled: true },
      ),
    ),
  )

const help: PanelSection = {
  title: 'How to ask',
  folded: 2,
  widgets: [
    remark(
      'broken jar: both words · "broken jar": one after the other · jar -refund: without that word · refun*: its beginning',
    ),
    remark(
      'from:ada to:support subject:jar order:20418 tag:vip status:open priority:urgent assignee:nora (me, nobody)',
    ),
    remark(
      'after:2026-11-01 (that day on) before:2026-12-01 · is:open is:mine is:unassigned is:snoozed is:spam is:merged is:void · has:attachment',
    ),
  ],
}

function resultSections(asked: CardAsked, found: Found): (PanelSection | null)[] {
  const hits = found.rows.map((row) => presentHit(row, found.question))
  const title = asked.order === 'best' ? 'Best of the newest 1,000' : 'Newest first'
  return [
    section(
      hits.length > 0 ? title : null,
      found.remark === null ? null : remark(found.remark),
      ...hits.map(line),
      hits.length === 0 ? remark(nothingWords(asked, found)) : null,
      hits.length > 0 && found.searchedTo ? remark(reachedWords(found.searchedTo)) : null,
      turning(asked, found),
    ),
  ]
}

const nothingWords = ({ cursor }: CardAsked, { searchedTo }: Found): string => {
  if (searchedTo) return `Nothing yet. ${reachedWords(searchedTo)}`
  return cursor
    ? 'Nothing more is found.'
    : 'Nothing is found. Spam and merged tickets are found with is:spam and is:merged.'
}

const reachedWords = (searchedTo: string): string =>
  `Searched back to ${clockTime(new Date(searchedTo))}; press More to go on.`

function line(hit: SearchHit): PanelWidget {
  const { id, number, status, voidReason, customer, found, subject } = hit
  const above = [
    number,
    voidReason ?? STATUS_WORDS[status],
    customer.name || customer.email,
    clockTime(new Date(found.at)),
  ]
  const below = [found.author, inQuotes(found)].filter(Boolean).join(': ')
  return fact(above.filter(Boolean).join(' · '), subject || '(no subject)', below, { kind: 'open', ticketId: id })
}

function turning(asked: CardAsked, { next, rows }: Found): PanelWidget | null {
  const other = asked.order === 'best' ? 'newest' : 'best'
  const row = [
    ...(next ? [button('More', look({ ...asked, cursor: next }, 'push'))] : []),
    ...(rows.length > 0 && !asked.cursor
      ? [button(other === 'best' ? 'Best first' : 'Newest first', look({ q: asked.q, order: other }, 'update'))]
      : []),
  ]
  return row.length === 0 ? null : buttons(...row)
}

const look = ({ q, order, cursor }: CardAsked, lay: 'update' | 'push'): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: `/v1/search/card?${new URLSearchParams({ q, order, ...(cursor && { cursor }) })}`,
  key: null,
  lay,
})
