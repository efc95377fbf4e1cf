import { WEBHOOK_EVENTS, type Webhook, WebhookInput } from '../../../../shared/webhooks.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'

export const PATH = '/settings/webhooks'

/** What a form says. @throws DeskError invalid_request */
export function wantedIn(form: URLSearchParams): WebhookInput {
  const parsed = WebhookInput.safeParse({ ...typedIn(form), events: form.getAll('events') })
  if (!parsed.success) throw new DeskError('invalid_request', parsed.error.issues[0]?.message ?? 'This is no webhook.')
  return parsed.data
}

type Typed = Pick<Webhook, 'name' | 'url' | 'events'>

/** As it was typed, whatever it is. */
export const typedIn = (form: URLSearchParams): Typed => ({
  name: form.get('name') ?? '',
  url: form.get('url') ?? '',
  events: form.getAll('events'),
})

export const fields = ({ name, url, events }: Typed) => html`
  <label>What it is for<input name="name" maxlength="80" required value=${name} /></label>
  <label>Address<small>https only</small><input name="url" type="url" maxlength="500" required value=${url} /></label>
  ${GROUPS.map(([title, nouns]) => group(title, nouns, events))}${LEFT.length > 0 && group(REST, LEFT, events)}`

/** Events by what they are about. */
const GROUPS: readonly [string, readonly string[]][] = [
  ['Tickets', ['ticket', 'contact', 'task', 'bulk_act', 'rule']],
  ['Times and people', ['sla', 'claim', 'availability']],
  ['Mail and customers', ['mail', 'reply', 'macro', 'said', 'promise', 'thanks', 'customer']],
  ['Orders, actions and gift cards', ['order', 'action', 'gift_card']],
  ['The desk itself', ['mailbox', 'shop', 'staff', 'setting']],
]

/** What is of no group yet. */
const REST = 'Anything else'

const EVENTS = Object.entries(WEBHOOK_EVENTS).map(([type, words]) => ({ type, words, noun: type.split('.')[0] ?? '' }))

const GROUPED = GROUPS.flatMap(([, nouns]) => nouns)
const LEFT = EVENTS.map(({ noun }) => noun).filter((noun) => !GROUPED.includes(noun))

/** Folded while nothing in it is chosen. */
function group(title: string, nouns: readonly string[], chosen: readonly string[]) {
  const events = EVENTS.filter(({ noun }) => nouns.includes(noun))
  const count = events.filter(({ type }) => chosen.includes(type)).length
  return html`
    <details open=${count > 0}><summary>${title}${count > 0 && `, ${count} chosen`}</summary>
      ${events.map(
        ({ type, words }) =>
          html`<label><input type="checkbox" name="events" value=${type} checked=${chosen.includes(type)} /> ${words}
          <small>${type}</small></label>`,
      )}
    </details>`
}

export const secretBox = (secret: string | undefined) =>
  secret &&
  html`<section role="status" aria-label="The secret"><h2>Keep this secret now</h2>
    <p>The receiver checks our signatures with it. It is not shown again.</p><p><code>${secret}</code></p></section>`

export const problemBox = (problem: string | undefined) => problem && html`<p class="bad" role="alert">${problem}</p>`
