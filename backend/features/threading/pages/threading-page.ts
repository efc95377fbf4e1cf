import { LEADS } from '../../../../shared/roles.ts'
import { ThreadingSettings } from '../../../../shared/threading.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, type Page, page, submission, type Visit } from '../../settings/index.ts'
import { threadingSettingsIn, writeThreadingSettings } from '../settings.ts'

const PATH = '/settings/conversations'

type Typed = { oldDays: string; suggestDays: string }
type Told = { typed: Typed | null; problem: string | null }

const conversationsPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { typed: null, problem: null }), {
  word: 'Conversations',
  group: 'Work',
})

const conversationsForm = submission(PATH, LEADS, (ctx: Ctx, visit: Visit) => {
  const typed = {
    oldDays: (visit.form.get('oldDays') ?? '').trim(),
    suggestDays: (visit.form.get('suggestDays') ?? '').trim(),
  }
  return orShowAgain(
    async () => {
      await writeThreadingSettings(ctx, settingsIn(typed), visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { typed, problem }),
  )
})

export const threadingPages: readonly Page[] = [conversationsPage, conversationsForm]

/** @throws DeskError invalid_request with the words for the form */
function settingsIn({ oldDays, suggestDays }: Typed): ThreadingSettings {
  const number = (text: string) => (/^\d{1,4}$/.test(text) ? Number(text) : -1)
  const read = ThreadingSettings.safeParse({ oldDays: number(oldDays), suggestDays: number(suggestDays) })
  if (read.success) return read.data
  const wrong = read.error.issues[0]?.path[0]
  throw new DeskError(
    'invalid_request',
    wrong === 'oldDays' ? 'Old tickets: write whole days, 1 to 3,650.' : 'Suggestions: write whole days, 0 to 90.',
  )
}

async function shown(ctx: Ctx, visit: Visit, { typed, problem }: Told) {
  const stored = await inWorkspace(ctx, visit.actor.workspaceId, threadingSettingsIn, { reads: true })
  const given = typed ?? { oldDays: String(stored.oldDays), suggestDays: String(stored.suggestDays) }
  return { title: 'Conversations', body: view(visit, given, problem) }
}

const view = (visit: Visit, { oldDays, suggestDays }: Typed, problem: string | null) => html`
  <h1>Conversations</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. The next mail goes by it.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <section>
      <label>A solved ticket is old after … days of silence<small>an answer then opens a new ticket that follows it; an answer to a closed ticket always does</small>
        <input name="oldDays" inputmode="numeric" autocomplete="off" value=${oldDays} /></label>
      <label>Suggest to join mails of one customer and one subject within … days<small>0 suggests none; nothing is ever joined by its subject alone</small>
        <input name="suggestDays" inputmode="numeric" autocomplete="off" value=${suggestDays} /></label>
    </section>
    <button>Save</button>
  </form>`
