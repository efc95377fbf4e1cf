import { ADMINS, LEADS } from '../../../../shared/roles.ts'
import { type BreakKinds, BreakKindsWish, WorkSettings } from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { readBreakKinds } from '../breaks/kinds.ts'
import { writeBreakKinds } from '../breaks/writing-kinds.ts'
import { workSettingsIn, writeWorkSettingsIn } from '../settings.ts'

const PATH = '/settings/breaks'

type Fields = Record<string, string>
type Told = { kinds: Fields | null; work: Fields | null; problem: string | null }
const NOTHING: Told = { kinds: null, work: null, problem: null }

export const breaksPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, NOTHING), {
  word: 'Breaks and log-out',
  group: 'Work',
})

export const kindsForm = submission(PATH, ADMINS, (ctx, visit) => {
  const fields = fieldsIn(visit.form)
  return orShowAgain(
    async () => {
      const wish = BreakKindsWish.safeParse({ version: Number(fields['version']), items: kindsIn(fields) })
      if (!wish.success) throw new DeskError('invalid_request', wish.error.issues[0]?.message ?? 'This is no list.')
      await writeBreakKinds(ctx, wish.data, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { ...NOTHING, kinds: fields, problem }),
  )
})

export const workForm = submission(`${PATH}/log-out`, ADMINS, (ctx, visit) => {
  const fields = fieldsIn(visit.form)
  return orShowAgain(
    async () => {
      const wish = settingsIn(fields)
      await inWorkspace(ctx, visit.actor.workspaceId, async (tx) =>
        writeWorkSettingsIn(tx, await ctx.keyring.box(tx), wish, visit.actor),
      )
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { ...NOTHING, work: fields, problem }),
  )
})

const fieldsIn = (form: URLSearchParams): Fields =>
  Object.fromEntries([...form].map(([name, value]) => [name, value.trim()]))

/** Whole numbers only: «10.5» is none. */
const wholeNumber = (text: string | undefined): number => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : Number.NaN)

/** Rows in the order of the page; the empty row of a new one is none. */
function kindsIn(fields: Fields) {
  const rows = Object.keys(fields).flatMap((name) => /^label\.(.+)$/.exec(name)?.[1] ?? [])
  return rows
    .filter((row) => row !== NEW || fields[`label.${NEW}`] !== '')
    .map((row) => ({
      id: row === NEW ? null : row,
      label: fields[`label.${row}`],
      minutes: wholeNumber(fields[`minutes.${row}`]),
      retired: fields[`retired.${row}`] !== undefined,
    }))
}

const NEW = 'new'

/** @throws DeskError invalid_request, which names the field */
function settingsIn(fields: Fields): WorkSettings {
  const wish = WorkSettings.safeParse({
    graceMinutes: wholeNumber(fields['graceMinutes']),
    longestMinutes: wholeNumber(fields['longestHours']) * 60,
    required: fields['required'] !== undefined,
  })
  if (wish.success) return wish.data
  throw new DeskError(
    'invalid_request',
    wish.error.issues[0]?.path[0] === 'graceMinutes'
      ? 'Minutes after the end of a shift: write a whole number, 0 to 240.'
      : 'Hours without a shift: write a whole number, 1 to 24.',
  )
}

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const stored = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ kinds: await readBreakKinds(tx), work: await workSettingsIn(tx) }),
    { reads: true },
  )
  return { title: 'Breaks and log-out', body: view(visit, stored, told) }
}

const view = (visit: Visit, { kinds, work }: { kinds: BreakKinds; work: WorkSettings }, told: Told) => {
  const mayEdit = visit.actor.role === 'admin'
  return html`
  <h1>Breaks and log-out</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  ${told.problem && html`<p class="bad" role="alert">${told.problem}</p>`}
  ${!mayEdit && html`<p>An admin changes this.</p>`}
  <h2>Breaks</h2>
  <p>What people choose from, and how long each may take. A break is never deleted, because times bear its name; a retired one is not offered.</p>
  <form method="post" action=${PATH}>
    ${formToken(visit)}<input type="hidden" name="version" value=${told.kinds?.['version'] ?? String(kinds.version)} />
    ${kinds.items.map(({ id, label }) => kindFields(id, label, told.kinds ?? kindFieldsOf(kinds)))}
    ${kindFields(NEW, 'A new break', told.kinds ?? {})}
    <button disabled=${!mayEdit}>Save the breaks</button>
  </form>
  <h2>Log-out</h2>
  <form method="post" action=${`${PATH}/log-out`}>
    ${formToken(visit)}
    ${workFields(told.work ?? workFieldsOf(work))}
    <button disabled=${!mayEdit}>Save the log-out</button>
  </form>`
}

const kindFieldsOf = ({ items }: BreakKinds): Fields =>
  Object.fromEntries(
    items.flatMap(({ id, label, minutes, retired }) => [
      [`label.${id}`, label],
      [`minutes.${id}`, String(minutes)],
      ...(retired ? [[`retired.${id}`, 'on']] : []),
    ]),
  )

const kindFields = (id: string, title: string, fields: Fields) => html`
  <section aria-label=${title}><h3>${title}</h3>
    <label>Name<input name=${`label.${id}`} maxlength="40" autocomplete="off" value=${fields[`label.${id}`] ?? ''} /></label>
    <label>Minutes<input name=${`minutes.${id}`} inputmode="numeric" autocomplete="off" value=${fields[`minutes.${id}`] ?? ''} /></label>
    ${id !== NEW && html`<label><input type="checkbox" name=${`retired.${id}`} checked=${fields[`retired.${id}`] !== undefined} /> Retired</label>`}
  </section>`

const workFieldsOf = ({ graceMinutes, longestMinutes, required }: WorkSettings): Fields => ({
  graceMinutes: String(graceMinutes),
  longestHours: String(Math.ceil(longestMinutes / 60)),
  ...(required && { required: 'on' }),
})

const workFields = (fields: Fields) => html`
  <section aria-label="Log-out">
    <label>Minutes after the end of a shift<small>a forgotten log-out is closed then, as of the end of the shift, and marked</small>
      <input name="graceMinutes" inputmode="numeric" autocomplete="off" value=${fields['graceMinutes'] ?? ''} /></label>
    <label>Hours at most without a shift<small>whoever has no shift planned is logged out then</small>
      <input name="longestHours" inputmode="numeric" autocomplete="off" value=${fields['longestHours'] ?? ''} /></label>
    <label><input type="checkbox" name="required" checked=${fields['required'] !== undefined} /> Tickets are given only to who is logged in</label>
  </section>`
