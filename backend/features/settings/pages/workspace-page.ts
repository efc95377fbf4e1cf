import { ADMINS } from '../../../../shared/roles.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import type { Ctx } from '../../../context.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { workspaceIn } from '../overview.ts'
import { describeWorkspace, type WorkspaceWords } from '../workspaces.ts'
import { formToken } from './frame.ts'
import { page, submission, type Visit } from './page.ts'
import { orShowAgain } from './refusing.ts'
import { zoneList } from './zone-list.ts'

const PATH = '/settings/workspace'

export const workspacePage = page(
  PATH,
  ADMINS,
  async (ctx, visit) => shown(visit, await wordsOf(ctx, visit), { saved: visit.query.has('saved') }),
  { word: 'Name, time zone and languages', group: 'Desk' },
)

export const workspaceForm = submission(PATH, ADMINS, (ctx, visit) => {
  const typed = typedIn(visit.form)
  return orShowAgain(
    async () => {
      await describeWorkspace(ctx, visit.actor.workspaceId, typed, visit.actor)
      return `${PATH}?saved=1`
    },
    async (problem) => shown(visit, typed, { problem }),
  )
})

const wordsOf = (ctx: Ctx, { actor }: Visit): Promise<WorkspaceWords> =>
  inWorkspace(ctx, actor.workspaceId, workspaceIn, { reads: true })

/** The chosen first language leads, and belongs to them. */
function typedIn(form: URLSearchParams): WorkspaceWords {
  const first = form.get('language') ?? ''
  const languages = [...new Set([first, ...form.getAll('languages')])].filter(Boolean)
  return { name: form.get('name') ?? '', timeZone: form.get('timeZone') ?? '', languages }
}

type Told = { saved?: boolean; problem?: string }

const shown = async (visit: Visit, words: WorkspaceWords, told: Told) => ({
  title: 'Workspace',
  body: view(visit, words, told),
})

const view = (visit: Visit, { name, timeZone, languages }: WorkspaceWords, { saved, problem }: Told) => html`
  <h1>Name, time zone and languages</h1>
  ${saved && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    <section>
      <label>Name<input name="name" value=${name} maxlength="80" required /></label>
      <label>Time zone<small>hours and days of the desk are told by it; for example Europe/London</small>
        <input name="timeZone" value=${timeZone} autocomplete="off" list="zones" required /></label>
      ${zoneList()}
      <label>First language<small>of mail, when nothing says otherwise</small>
        <select name="language">${Object.entries(LANGUAGES).map(
          ([code, word]) => html`<option value=${code} selected=${code === languages[0]}>${word}</option>`,
        )}</select></label>
    </section>
    <section><h2>Languages of your customers</h2>
      ${Object.entries(LANGUAGES).map(
        ([code, word]) =>
          html`<label><input type="checkbox" name="languages" value=${code} checked=${languages.includes(code)} /> ${word}</label>`,
      )}
    </section>
    <button>Save</button>
  </form>`
