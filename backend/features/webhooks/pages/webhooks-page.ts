import { ADMINS } from '../../../../shared/roles.ts'
import type { Webhook } from '../../../../shared/webhooks.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, page, submission, type Visit } from '../../settings/index.ts'
import { addWebhook, webhooksIn } from '../keeping.ts'
import { fields, PATH, problemBox, secretBox, typedIn, wantedIn } from './fields.ts'

export const webhooksPage = page(PATH, ADMINS, (ctx, visit) => shown(ctx, visit, {}), {
  word: 'Webhooks',
  group: 'Programs',
})

/** The answer to the form shows the secret: it is never told again. */
export const additionForm = submission(PATH, ADMINS, async (ctx, visit) => {
  try {
    const { secret } = await addWebhook(ctx, wantedIn(visit.form), visit.actor)
    return await shown(ctx, visit, { secret })
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await shown(ctx, visit, { problem: error.message })), status: error.status }
  }
})

type Told = { secret?: string; problem?: string }

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const webhooks = await inWorkspace(ctx, visit.actor.workspaceId, webhooksIn, { reads: true })
  return { title: 'Webhooks', body: view(visit, webhooks, told) }
}

const view = (visit: Visit, webhooks: readonly Webhook[], { secret, problem }: Told) => html`
  <h1>Webhooks</h1>
  ${problemBox(problem)}${secretBox(secret)}
  <p>Other programs are told when something happens: ids and codes only, signed, in no promised order. What they want to know they ask with an <a href="/settings/keys">API key</a>.</p>
  ${webhooks.map(
    ({ id, name, url, state, failingSince }) => html`
      <section aria-label=${name}>
        <h2><a href=${`${PATH}/${id}`}>${name}</a></h2>
        <p>${url} <span class=${state === 'on' && !failingSince ? 'good' : 'bad'}>${STATE_WORDS[state]}${state === 'on' && failingSince && ', but failing'}</span></p>
      </section>`,
  )}
  <section aria-label="New webhook"><h2>A new webhook</h2>
    <form method="post" action=${PATH}>
      ${formToken(visit)}${fields(problem ? typedIn(visit.form) : { name: '', url: '', events: [] })}
      <button>Add</button>
    </form>
  </section>`

export const STATE_WORDS = {
  on: 'on',
  off: 'switched off',
  failed: 'switched off by itself: nothing came through',
} as const
