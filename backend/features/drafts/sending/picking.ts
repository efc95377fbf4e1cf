import type { PanelWidget } from '../../../../shared/panel.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { type Choice, clockTime, pick } from '../../../platform/panel.ts'
import { type AfterSending, type CardTicket, CHOICE_HOURS, changeOf } from '../../tickets/index.ts'

type Kind = AfterSending['kind']

/** What happens after sending as far as a card shows it: the rule for this ticket, and what the reader chose. */
export type SendingRow = {
  rule: { kind: Kind; hours: number | null } | null
  mine: { kind: Kind; until: string | null } | null
}

/** JSON about row `t`, by index only. */
export const sendingSql = (me: string | null, now: Date): Prisma.Sql => Prisma.sql`json_build_object(
  'rule', (select json_build_object('kind', d.kind, 'hours', d.hours) from desk.sending_default d
    where d.workspace_id = t.workspace_id and d.category in (coalesce(t.category, ''), '') order by d.category desc limit 1),
  'mine', (select json_build_object('kind', i.kind, 'until', i.until) from desk.send_intent i
    where i.workspace_id = t.workspace_id and i.ticket_id = t.id and i.staff_id = ${me}::uuid
      and i.made_at > ${now}::timestamptz - make_interval(hours => ${CHOICE_HOURS})))`

const CHOICES: readonly Choice[] = [
  { value: 'solve', label: 'Solve' },
  { value: 'wait', label: 'Wait for the customer' },
  { value: 'keep_2h', label: 'Keep open, answer owed in 2 hours' },
  { value: 'keep_4h', label: 'Keep open, answer owed in 4 hours' },
  { value: 'keep_tomorrow', label: 'Keep open, owed by tomorrow noon' },
  { value: 'keep_3d', label: 'Keep open, owed in 3 days' },
  { value: 'keep', label: 'Keep open' },
]

/** «When I send»: acts at once, so that it also counts for an answer that is written in Gmail. */
export function sendingPick(ticket: CardTicket, { rule, mine }: SendingRow): PanelWidget {
  const press = changeOf(ticket, {
    method: 'PUT',
    path: 'sending',
    body: {},
    takes: ['sending:when'],
    say: 'Noted for your next answer',
  })
  const usual: Choice = { value: 'default', label: `${ruleWords(rule)} (as usual)` }
  const own = mine?.kind === 'keep' && mine.until !== null ? [owedUntil(mine.until)] : []
  const chosen = own[0]?.value ?? mine?.kind ?? 'default'
  return pick('sending', 'When I send', [usual, ...own, ...CHOICES], chosen, press)
}

const owedUntil = (until: string): Choice => {
  const at = new Date(until)
  return { value: at.toISOString(), label: `Keep open, owed by ${clockTime(at)}` }
}

function ruleWords(rule: SendingRow['rule']): string {
  if (rule?.kind === 'solve') return 'Solve'
  if (rule?.kind !== 'keep') return 'Wait for the customer'
  return rule.hours === null ? 'Keep open' : `Keep open, answer owed in ${rule.hours} h`
}
