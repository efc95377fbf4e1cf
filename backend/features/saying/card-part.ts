import type { PanelSection } from '../../../shared/panel.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import { button, buttons, clockTime, plain, present, remark, section, warning } from '../../platform/panel.ts'
import { type CardPart, type CardScene, type CardTicket, cardPart, changeOf, whyNoWork } from '../tickets/index.ts'

type PromiseRow = { id: string; dueAt: string; words: string; by: string | null; mine: boolean }
type DifferenceRow = { id: string; words: string }
type Row = { promise: PromiseRow | null; differences: DifferenceRow[] }

/** What an answer promised, to be confirmed, and what it says other than what was done. */
export const sayingPart: CardPart = cardPart<Row>({
  name: 'saying',
  sql: ({ me, now }) => Prisma.sql`json_build_object(
    'promise', (select json_build_object('id', p.id, 'dueAt', p.due_at, 'words', encode(p.words, 'base64'), 'by', ps.name,
        'mine', p.staff_id is not distinct from ${me}::uuid)
      from desk.spoken_promise p left join desk.staff ps on ps.workspace_id = p.workspace_id and ps.id = p.staff_id
      where p.workspace_id = t.workspace_id and p.ticket_id = t.id and p.state = 'proposed' and p.due_at > ${now}::timestamptz
      order by p.due_at limit 1),
    'differences', (select coalesce(json_agg(json_build_object('id', d.id, 'words', encode(d.words, 'base64'))), '[]') from (
      select id, words from desk.said_otherwise where workspace_id = t.workspace_id and ticket_id = t.id and seen_at is null
      order by found_at limit 3) d))`,
  present: (_ctx, scene, { promise, differences }, ticket) =>
    present(
      ...differences.map((row) => differenceSection(scene, row, ticket)),
      promise && promiseSection(scene, promise, ticket),
    ),
})

function differenceSection({ box }: CardScene, { id, words }: DifferenceRow, ticket: CardTicket): PanelSection | null {
  const told: string[] = JSON.parse(box.openText('said_otherwise.words', id, Buffer.from(words, 'base64')))
  const seen = changeOf(ticket, { method: 'POST', path: `differences/${id}/seen`, body: {}, takes: [], say: 'Seen' })
  return section('Said and done', ...told.map(warning), buttons(button('Seen', seen, { off: whyNoWork(ticket) })))
}

function promiseSection({ box }: CardScene, promise: PromiseRow, ticket: CardTicket): PanelSection | null {
  const { id, mine, by } = promise
  const off = whyNoWork(ticket)
  const words = box.openText('spoken_promise.words', id, Buffer.from(promise.words, 'base64'))
  const press = (path: string, say: string) =>
    changeOf(ticket, { method: 'POST', path: `promises/${id}/${path}`, body: {}, takes: [], say })
  return section(
    null,
    plain(
      `${mine ? 'You' : (by ?? 'Someone on the team')} promised an answer by ${clockTime(new Date(promise.dueAt))}.`,
    ),
    remark(`«${words}»`),
    buttons(
      button('Remind me', press('confirmation', 'You will be reminded'), { off }),
      button('No reminder', press('dropping', 'No reminder'), { off }),
    ),
  )
}
