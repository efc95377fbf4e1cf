import { z } from 'zod'
import { ADMINS, KEY_SCOPES, type KeyScope } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { createApiKey, replaceApiKey, revokeApiKey } from '../api-keys.ts'
import { apiKeysOf } from '../overview.ts'
import { zoneOf } from '../workspaces.ts'
import { formToken } from './frame.ts'
import { type PageAnswer, page, submission, type Visit } from './page.ts'
import { orShowAgain } from './refusing.ts'
import { timeIn } from './times.ts'

const PATH = '/settings/keys'
const DAY_MS = 24 * 3_600_000

export const keysPage = page(PATH, ADMINS, (ctx, visit) => shown(ctx, visit, {}), {
  word: 'API keys',
  group: 'Programs',
})

/** The answer to the form shows the key: it is never told again. */
export const keyForm = submission(PATH, ADMINS, (ctx, visit) =>
  made(ctx, visit, () =>
    createApiKey(ctx, visit.actor.workspaceId, wantedIn(visit.form, ctx.clock.now()), visit.actor),
  ),
)

export const replacementForm = submission(`${PATH}/:keyId/replacement`, ADMINS, (ctx, visit) =>
  made(ctx, visit, () => replaceApiKey(ctx, visit.actor.workspaceId, idIn(visit), visit.actor)),
)

export const revocationForm = submission(`${PATH}/:keyId/revocation`, ADMINS, (ctx, visit) =>
  orShowAgain(
    async () => {
      await revokeApiKey(ctx, visit.actor.workspaceId, idIn(visit), visit.actor)
      return PATH
    },
    (problem) => shown(ctx, visit, { problem }),
  ),
)

const idIn = ({ params }: Visit) => params['keyId'] ?? ''

async function made(ctx: Ctx, visit: Visit, make: () => Promise<{ key: string }>): Promise<PageAnswer> {
  try {
    return await shown(ctx, visit, { key: (await make()).key })
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await shown(ctx, visit, { problem: error.message })), status: error.status }
  }
}

/** Days that a new key lasts; nothing is for ever. */
const Days = z.coerce.number().int().min(1).max(3_650)

function wantedIn(form: URLSearchParams, now: Date) {
  const name = (form.get('name') ?? '').trim()
  if (name === '' || name.length > 80)
    throw new DeskError('invalid_request', 'Say in 1 to 80 characters what the key is for.')
  const scopes = z.array(z.enum(KEY_SCOPES)).min(1).safeParse(form.getAll('scopes'))
  if (!scopes.success) throw new DeskError('invalid_request', 'Choose what the key may do.')
  const typed = (form.get('days') ?? '').trim()
  const days = Days.safeParse(typed)
  if (typed !== '' && !days.success)
    throw new DeskError('invalid_request', 'Write whole days, 1 to 3650, or nothing for a key that does not end.')
  const expiresAt = typed === '' || !days.success ? null : new Date(now.getTime() + days.data * DAY_MS)
  return { name, scopes: scopes.data, expiresAt }
}

type Told = { key?: string; problem?: string }
type Key = Awaited<ReturnType<typeof apiKeysOf>>[number]

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const { keys, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ keys: await apiKeysOf(tx), zone: await zoneOf(tx) }),
    { reads: true },
  )
  const used = keys.filter(({ revokedAt, expiresAt }) => !revokedAt && !(expiresAt && expiresAt <= ctx.clock.now()))
  return { title: 'API keys', body: view(visit, used, { zone, ...told }) }
}

const view = (visit: Visit, keys: readonly Key[], { key, problem, zone }: Told & { zone: string }) => html`
  <h1>API keys</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${
    key &&
    html`<section role="status" aria-label="The new key"><h2>Keep this key now</h2>
    <p>It is not shown again, and only its hash is stored.</p><p><code>${key}</code></p></section>`
  }
  <p>Programs use a key instead of a person. What they may call is written at <a href="/docs">/docs</a>.</p>
  ${keys.map((one) => section(visit, one, zone))}
  ${newKey(visit, problem !== undefined)}`

const section = (visit: Visit, { id, name, scopes, createdAt, usedAt, expiresAt }: Key, zone: string) => html`
  <section aria-label=${name}>
    <h2>${name}</h2>
    <dl>
      <dt>May</dt><dd>${scopes.join(', ')}</dd>
      <dt>Made</dt><dd>${timeIn(zone, createdAt)}</dd>
      <dt>Last used</dt><dd>${usedAt ? `${timeIn(zone, usedAt)}, to the hour` : 'never'}</dd>
      ${expiresAt && html`<dt>Ends</dt><dd>${timeIn(zone, expiresAt)}</dd>`}
    </dl>
    <form method="post" action=${`${PATH}/${id}/replacement`}>${formToken(visit)}
      <button class="second">Replace: a new key, and this one ends in a day</button></form>
    <form method="post" action=${`${PATH}/${id}/revocation`}>${formToken(visit)}
      <button class="quiet">Revoke at once</button></form>
  </section>`

const SCOPE_WORDS: Record<KeyScope, string> = {
  'tickets:read': 'read tickets, conversations and lists',
  'tickets:write': 'work on tickets: assign, move, tag, note',
  'orders:read': 'search and read orders',
  'actions:read': 'read combined actions',
  'gift-cards:read': 'read gift cards, never their codes',
  'finance:read': 'read the books',
  'figures:read': 'read the figures of everybody',
  'settings:read': 'read the staff and what is set',
  'webhooks:read': 'read webhooks and their deliveries',
  'webhooks:write': 'add, change and remove webhooks',
}

/** @param again what was typed is kept when it was refused */
const newKey = (visit: Visit, again: boolean) => {
  const typed = (name: string) => (again ? (visit.form.get(name) ?? '') : '')
  const chosen = again ? visit.form.getAll('scopes') : ['tickets:read']
  return html`
    <section aria-label="New key"><h2>A new key</h2>
      <form method="post" action=${PATH}>
        ${formToken(visit)}
        <label>What it is for<input name="name" maxlength="80" required value=${typed('name')} /></label>
        ${KEY_SCOPES.map(
          (scope) =>
            html`<label><input type="checkbox" name="scopes" value=${scope} checked=${chosen.includes(scope)} /> ${scope}
          <small>${SCOPE_WORDS[scope]}</small></label>`,
        )}
        <label>Ends after days<small>nothing: it does not end by itself</small>
          <input name="days" inputmode="numeric" autocomplete="off" value=${typed('days')} /></label>
        <button>Make a key</button>
      </form>
    </section>`
}
