import { ADMINS } from '../../../../shared/roles.ts'
import { DISPLAY_NAME } from '../../../../shared/wallboard.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import {
  formToken,
  orShowAgain,
  type PageAnswer,
  page,
  submission,
  timeIn,
  type Visit,
  zoneOf,
} from '../../settings/index.ts'
import { type Display, displaysIn, makeDisplay, revokeDisplay } from './displays.ts'

const PATH = '/settings/displays'

export const displaysPage = page(PATH, ADMINS, (ctx, visit) => shown(ctx, visit, {}), {
  word: 'Display links',
  group: 'Work',
})

/** The answer to the form shows the link: it is never told again. */
export const displayForm = submission(PATH, ADMINS, async (ctx, visit): Promise<PageAnswer> => {
  try {
    const key = await makeDisplay(ctx, visit.form.get('name') ?? '', visit.actor)
    return await shown(ctx, visit, { link: `${ctx.config.http.pagesUrl}/display/${key}` })
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await shown(ctx, visit, { problem: error.message })), status: error.status }
  }
})

export const displayRevocation = submission(`${PATH}/:displayId/revocation`, ADMINS, (ctx, visit) =>
  orShowAgain(
    async () => {
      await revokeDisplay(ctx, visit.params['displayId'] ?? '', visit.actor)
      return PATH
    },
    (problem) => shown(ctx, visit, { problem }),
  ),
)

type Told = { link?: string; problem?: string }

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const { displays, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ displays: await displaysIn(tx), zone: await zoneOf(tx) }),
    { reads: true },
  )
  return { title: 'Display links', body: view(visit, displays, { zone, ...told }) }
}

const view = (visit: Visit, displays: readonly Display[], { link, problem, zone }: Told & { zone: string }) => html`
  <h1>Display links</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${
    link &&
    html`<section role="status" aria-label="The new link"><h2>Open this link on the screen now</h2>
    <p>It is not shown again, and only its hash is stored.</p><p><code>${link}</code></p></section>`
  }
  <p>A screen with such a link shows the wallboard without a sign-in: figures, and people as «Agent 1», «Agent 2». It shows no name,
    no customer and no ticket. Whoever has the link may look until it is revoked.</p>
  ${displays.map((display) => section(visit, display, zone))}
  <section aria-label="New link"><h2>A new link</h2>
    <form method="post" action=${PATH}>
      ${formToken(visit)}
      <label>Where the screen hangs<input name="name" maxlength=${DISPLAY_NAME} required value=${problem ? (visit.form.get('name') ?? '') : ''} /></label>
      <button>Make a link</button>
    </form>
  </section>`

const section = (visit: Visit, { id, name, madeAt, madeBy }: Display, zone: string) => html`
  <section aria-label=${name}>
    <h2>${name}</h2>
    <p class="soft">Made by ${madeBy}, ${timeIn(zone, madeAt)}</p>
    <form method="post" action=${`${PATH}/${id}/revocation`}>${formToken(visit)}
      <button class="quiet">Revoke at once</button></form>
  </section>`
