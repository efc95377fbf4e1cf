import { Prisma } from '../../../generated/prisma/client.ts'
import { button, buttons, clockTime, present, section, warning } from '../../../platform/panel.ts'
import { type CardPart, cardPart, changeOf, whyNoWork } from '../../tickets/index.ts'
import { codeWords } from './words.ts'

type Row = {
  addresses: { email: string; code: string | null; since: string }[] | null
  failures: { kind: 'failed' | 'delayed'; key: string | null; code: string | null; at: string; sentAt: string }[] | null
}

/** Tells the agent that an answer did not arrive, and that an address of the customer takes no mail. */
export const undeliveredPart: CardPart = cardPart<Row>({
  name: 'undelivered',
  sql: () => undeliveredSql(),
  present(_ctx, _scene, { addresses, failures }, ticket) {
    if (addresses === null && failures === null) return []
    const works = changeOf(ticket, {
      method: 'DELETE',
      path: 'undeliverable',
      body: {},
      takes: [],
      say: 'Mail to this customer is taken to arrive again',
    })
    return present(
      section(
        null,
        ...(failures ?? []).map(({ kind, key, code, at, sentAt }) =>
          warning(
            kind === 'failed'
              ? `Your answer of ${clockTime(new Date(sentAt))} did not arrive${key ? ` at ${key}` : ''}: ${codeWords(code)}.`
              : `Your answer of ${clockTime(new Date(sentAt))} is late${key ? ` for ${key}` : ''}: the server still tries, ${codeWords(code)} (${clockTime(new Date(at))}).`,
          ),
        ),
        ...(addresses ?? []).map(({ email, code, since }) =>
          warning(`Mail to ${email} does not arrive since ${clockTime(new Date(since))}: ${codeWords(code)}.`),
        ),
        addresses === null ? null : buttons(button('It works again', works, { off: whyNoWork(ticket) })),
      ),
    )
  },
})

/** Of the ticket `t`; reports that a newer answer has left behind are not shown. Exported so that a test can look at its plan. */
export const undeliveredSql = (): Prisma.Sql => Prisma.sql`
  select json_build_object(
    'addresses', (select json_agg(json_build_object('email', a.email, 'code', a.undeliverable_code, 'since', a.undeliverable_at) order by a.email_key)
      from desk.customer_address a where a.workspace_id = t.workspace_id and a.customer_id = t.customer_id and a.undeliverable_at is not null),
    'failures', (select json_agg(json_build_object('kind', f.kind, 'key', f.email_key, 'code', f.code, 'at', f.at, 'sentAt', m.sent_at) order by f.at desc, f.id)
      from desk.message m join desk.delivery_failure f on f.workspace_id = m.workspace_id and f.message_id = m.id
      where m.workspace_id = t.workspace_id and m.ticket_id = t.id and m.direction = 'out'
        and not exists (select from desk.message newer where newer.workspace_id = t.workspace_id and newer.ticket_id = t.id
          and newer.direction = 'out' and not newer.automatic and newer.sent_at > f.at)
        and not (f.kind = 'delayed' and exists (select from desk.delivery_failure final where final.workspace_id = f.workspace_id
          and final.message_id = f.message_id and final.kind = 'failed' and final.email_key is not distinct from f.email_key))))`
