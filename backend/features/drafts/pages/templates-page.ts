import { MailTemplate } from '../../../../shared/drafts.ts'
import { LEADS, PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { LANGUAGES } from '../../../../shared/settings.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { frame } from '../templates/framing.ts'
import { safeHtml } from '../templates/safe-html.ts'
import { signatureOf, templatesIn, writeSignature, writeTemplate } from '../templates/templates.ts'

const PATH = '/settings/templates'
const SIGNATURE = `${PATH}/signature`

type Told = { typed: { language: string; layout: string; html: string } | null; problem: string | null }

export const templatesPage = page(
  PATH,
  PEOPLE_AT_WORK,
  (ctx, visit) => shown(ctx, visit, { typed: null, problem: null }),
  { word: 'Layout of mail and signature', group: 'Answers' },
)

export const templatesForm = submission(PATH, LEADS, (ctx, visit) => {
  const typed = {
    language: visit.form.get('language') ?? '',
    layout: visit.form.get('layout') ?? '',
    html: visit.form.get('html') ?? '',
  }
  return orShowAgain(
    async () => {
      const template = MailTemplate.safeParse(typed)
      if (!template.success)
        throw new DeskError('invalid_request', 'The layout is too long, or its language is none of ours.')
      await writeTemplate(ctx, template.data, visit.actor)
      return `${PATH}?language=${template.data.language}&saved=1`
    },
    (problem) => shown(ctx, visit, { typed, problem }),
  )
})

export const signatureForm = submission(SIGNATURE, PEOPLE_AT_WORK, async (ctx, visit) => {
  await writeSignature(ctx, (visit.form.get('text') ?? '').trim().slice(0, 2_000), visit.actor)
  return { goTo: `${PATH}?saved=1` }
})

async function shown(ctx: Ctx, visit: Visit, { typed, problem }: Told) {
  const { actor } = visit
  const stored = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({ templates: await templatesIn(tx), signature: await signatureOf(tx, actor.id) }),
    { reads: true },
  )
  const language = typed?.language ?? visit.query.get('language') ?? 'en'
  const template = typed ?? stored.templates.find((each) => each.language === language) ?? { layout: '', html: '' }
  const body = view(visit, { ...template, language, signature: stored.signature }, problem)
  return { title: 'Layout of mail and signature', body }
}

type Shown = { language: string; layout: string; html: string; signature: string }

const view = (visit: Visit, given: Shown, problem: string | null) => html`
  <h1>Layout of mail and signature</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. The next answer carries it.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <form method="post" action=${SIGNATURE}>
    ${formToken(visit)}
    <section><label>Your signature<textarea name="text" rows="4" maxlength="2000">${given.signature}</textarea></label></section>
    <button>Save your signature</button>
  </form>
  ${visit.actor.role !== 'agent' && layoutForm(visit, given)}
  <section aria-label="Preview">
    <h2>Preview</h2>
    <pre>${sample(given).text}</pre>
    ${htmlOf(sample(given).html)}
  </section>`

const sample = (given: Shown) => frame('Hello Ada,\n\nyour new jar is on its way.', given)

/** As a mail program shows it, without what could act or load. */
const htmlOf = (markup: string | null) =>
  markup && html`<h2>As HTML</h2><div class="card" dangerouslySetInnerHTML=${{ __html: safeHtml(markup) }} />`

const layoutForm = (visit: Visit, { language, layout, html: markup }: Shown) => html`
  <h2>Layout of mail, by language</h2>
  <p>${Object.entries(LANGUAGES).map(([code, name], at) => html`${at > 0 && ' · '}<a href=${`${PATH}?language=${code}`} aria-current=${code === language ? 'page' : undefined}>${name}</a>`)}</p>
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <input type="hidden" name="language" value=${language} />
    <section>
      <label>Text, ${LANGUAGES[language as keyof typeof LANGUAGES] ?? language}<small>{text} is the answer, {signature} who wrote it</small>
        <textarea name="layout" rows="8">${layout}</textarea></label>
      <label>HTML<small>the same for mail programs that show it; empty sends plain text alone</small>
        <textarea name="html" rows="8">${markup}</textarea></label>
    </section>
    <button>Save the layout</button>
  </form>`
