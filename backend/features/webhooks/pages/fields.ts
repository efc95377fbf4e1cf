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
  ${Object.entries(WEBHOOK_EVENTS).map(
    ([type, words]) =>
      html`<label><input type="checkbox" name="events" value=${type} checked=${events.includes(type)} /> ${words}
      <small>${type}</small></label>`,
  )}`

export const secretBox = (secret: string | undefined) =>
  secret &&
  html`<section role="status" aria-label="The secret"><h2>Keep this secret now</h2>
    <p>The receiver checks our signatures with it. It is not shown again.</p><p><code>${secret}</code></p></section>`

export const problemBox = (problem: string | undefined) => problem && html`<p class="bad" role="alert">${problem}</p>`
