import { FileSettings } from '../../../../shared/files.ts'
import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { fileSettingsIn, writeFileSettings } from '../settings.ts'

const PATH = '/settings/files'
const MEGABYTE = 1_048_576

type Fields = { file: string; mail: string; count: string; openUnscanned: boolean }

const filesPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null }), {
  word: 'Files',
  group: 'Desk',
})

const filesForm = submission(PATH, ADMINS, (ctx: Ctx, visit: Visit) => {
  const field = (name: string) => (visit.form.get(name) ?? '').trim()
  const fields = {
    file: field('file'),
    mail: field('mail'),
    count: field('count'),
    openUnscanned: visit.form.has('openUnscanned'),
  }
  return orShowAgain(
    async () => {
      const settings = FileSettings.safeParse({
        fileBytes: bytesOf(fields.file),
        mailBytes: bytesOf(fields.mail),
        filesPerMail: /^\d{1,4}$/.test(fields.count) ? Number(fields.count) : -1,
        openUnscanned: fields.openUnscanned,
      })
      if (!settings.success)
        throw new DeskError('invalid_request', 'Sizes are 0 to 50 megabytes, and a mail may have 0 to 1,000 files.')
      await writeFileSettings(ctx, settings.data, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

export const filePages = [filesPage, filesForm]

const bytesOf = (megabytes: string): number =>
  /^\d{1,3}([.,]\d)?$/.test(megabytes) ? Math.round(Number(megabytes.replace(',', '.')) * MEGABYTE) : -1

const megabytes = (bytes: number): string => String(Math.round((bytes / MEGABYTE) * 10) / 10)

async function shown(ctx: Ctx, visit: Visit, { fields, problem }: { fields: Fields | null; problem: string | null }) {
  const stored = await inWorkspace(ctx, visit.actor.workspaceId, fileSettingsIn, { reads: true })
  const given = fields ?? {
    file: megabytes(stored.fileBytes),
    mail: megabytes(stored.mailBytes),
    count: String(stored.filesPerMail),
    openUnscanned: stored.openUnscanned,
  }
  return { title: 'Files', body: view(visit, given, { problem, hasScanner: ctx.scanner !== null }) }
}

const view = (
  visit: Visit,
  fields: Fields,
  { problem, hasScanner }: { problem: string | null; hasScanner: boolean },
) => {
  const mayEdit = visit.actor.role === 'admin'
  return html`
  <h1>Files</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. The next mail is read by it.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>What customers attach is kept beside the ticket, each file once however often it comes. What is larger stays in the stored mail, and the
    ticket says so.</p>
  <p role="status">${hasScanner ? 'A virus scanner looks at every file. What it finds is blocked for everybody.' : 'No virus scanner is connected: files say so, and open all the same.'}</p>
  ${!mayEdit && html`<p>An admin changes this.</p>`}
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <section>
      <label>Largest file, in megabytes <input name="file" inputmode="decimal" autocomplete="off" value=${fields.file} /></label>
      <label>All files of one mail, in megabytes <input name="mail" inputmode="decimal" autocomplete="off" value=${fields.mail} /></label>
      <label>Most files of one mail <input name="count" inputmode="numeric" autocomplete="off" value=${fields.count} /></label>
      <label><input type="checkbox" name="openUnscanned" value="on" checked=${fields.openUnscanned} /> Files may be opened before they are scanned
        <small>while the scanner is away nothing else would open</small></label>
    </section>
    <button disabled=${!mayEdit}>Save</button>
  </form>`
}
