import { DIMENSIONS } from '../../../../shared/analytics.ts'
import { MAIL_PERIODS, WEEKDAYS } from '../../../../shared/report-mails.ts'
import { FIGURE_PEOPLE, LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import type { ReportMail } from '../../../generated/prisma/client.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { entryIdOf } from '../mails/planning.ts'
import { mailNow, ReportMailWish, removeReportMail, saveReportMail } from '../mails/writing.ts'
import { type Choices, filterChoices } from '../reports/choices.ts'
import { REPORTS } from '../reports/list.ts'

const PATH = '/settings/report-mails'
const MOST_CHOICES = 100

export const reportMailsPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, null), {
  word: 'Report mails',
  group: 'Work',
})

export const reportMailsForm = submission(PATH, LEADS, (ctx: Ctx, visit: Visit) =>
  orShowAgain(
    async () => `${PATH}?${new URLSearchParams({ done: await act(ctx, visit) })}`,
    (problem) => shown(ctx, visit, problem),
  ),
)

async function act(ctx: Ctx, visit: Visit): Promise<string> {
  const { form, actor } = visit
  const id = form.get('id') || null
  if (form.get('act') === 'remove' && id) {
    await removeReportMail(ctx, id, actor)
    return 'Removed.'
  }
  if (form.get('act') === 'now' && id) {
    const count = await mailNow(ctx, id, form.get('press') ?? '', actor)
    return count === 0
      ? 'Nobody is mailed: it was sent by this press, or nobody may get it.'
      : `On its way to ${count}.`
  }
  await saveReportMail(ctx, id, wishIn(form), actor)
  return 'Saved.'
}

function wishIn(form: URLSearchParams): ReportMailWish {
  const filters = FILTERS.map((one) => [one, form.getAll(one).filter((value) => value !== '')] as const)
  const wish = ReportMailWish.safeParse({
    report: form.get('report') ?? '',
    period: form.get('period'),
    filters: Object.fromEntries(filters.filter(([, values]) => values.length > 0)),
    weekday: form.get('weekday') === 'day' ? null : Number(form.get('weekday')),
    hour: Number(form.get('hour') || Number.NaN),
    recipientIds: form.getAll('recipient'),
    on: form.get('on') !== null,
  })
  if (wish.success) return wish.data
  throw new DeskError('invalid_request', wish.error.issues.map(({ message }) => message).join(' '))
}

type Person = { id: string; name: string }
type Seen = { mails: (ReportMail & { states: string })[]; people: Person[]; choices: Choices; zone: string }

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const choices = await filterChoices(ctx, visit.actor.workspaceId)
  const seen = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx): Promise<Seen> => {
      const { workspaceId } = tx
      const mails = await tx.reportMail.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } })
      const people = await tx.staff.findMany({
        where: { workspaceId, state: { not: 'deactivated' }, role: { in: [...FIGURE_PEOPLE] } },
        select: { id: true, name: true },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: MOST_CHOICES,
      })
      return { mails: await withStates(tx, mails), people, choices, zone: await zoneOf(tx) }
    },
    { reads: true },
  )
  return { title: 'Report mails', body: view(visit, seen, problem) }
}

/** In this form `hour` and `weekday` say when the mail comes. */
const FILTERS = DIMENSIONS.filter((one) => one !== 'hour' && one !== 'weekday')

const STATES: Record<string, string> = { done: 'sent', refused: 'not sent', needs_person: 'not known' }

/** What became of the last mail of each. */
async function withStates(tx: Tx, mails: readonly ReportMail[]): Promise<Seen['mails']> {
  const idsOf = ({ id, lastDueAt, recipientIds }: ReportMail) =>
    lastDueAt ? recipientIds.map((staffId) => entryIdOf(tx.workspaceId, id, lastDueAt.toISOString(), staffId)) : []
  const entries = await tx.journalEntry.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: mails.flatMap(idsOf) } },
    select: { id: true, state: true },
  })
  return mails.map((mail) => {
    const ids = new Set(idsOf(mail))
    const counts = Map.groupBy(
      entries.filter(({ id }) => ids.has(id)),
      ({ state }) => STATES[state] ?? 'waiting',
    )
    return { ...mail, states: [...counts].map(([state, all]) => `${all.length} ${state}`).join(', ') }
  })
}

const view = (visit: Visit, seen: Seen, problem: string | null) => html`
  <h1>Report mails</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${visit.query.get('done') && html`<p class="good" role="status">${visit.query.get('done')}</p>`}
  <p>A report comes by mail every day or week, with its charts, and its numbers as a file. Times are by the clocks of ${seen.zone}. Whoever leaves the desk, or may not see figures any more, gets nothing.</p>
  ${seen.mails.map((mail) => section(visit, seen, mail))}
  ${section(visit, seen, null)}`

const rhythmWords = ({ weekday, hour }: ReportMail): string =>
  `${weekday === null ? 'every day' : `on ${WEEKDAYS[weekday - 1]}s`} at ${String(hour).padStart(2, '0')}:00`

const reportName = (id: string): string => REPORTS.find((one) => one.id === id)?.name ?? id

function section(visit: Visit, { people, choices, zone }: Seen, mail: Seen['mails'][number] | null) {
  const title = mail ? `${reportName(mail.report)}, ${rhythmWords(mail)}` : 'A new one'
  return html`<section aria-label=${title}>
    <h2>${title}${mail && !mail.on && html` <span class="bad">off</span>`}</h2>
    ${mail?.lastDueAt && html`<p>The last one was due on ${timeIn(zone, mail.lastDueAt)}: ${mail.states || 'nobody was mailed'}.</p>`}
    <form method="post" action=${PATH}>${formToken(visit)}
      <input type="hidden" name="id" value=${mail?.id ?? ''} /><input type="hidden" name="press" value=${newId()} />
      <label>Report${select(
        'report',
        mail?.report,
        REPORTS.map(({ id, name }) => [id, name]),
      )}</label>
      <label>Days that it tells of${select('period', mail?.period ?? 'last-week', Object.entries(MAIL_PERIODS))}</label>
      <label>When${select('weekday', mail?.weekday === null ? 'day' : String(mail?.weekday ?? 1), [['day', 'Every day'], ...WEEKDAYS.map((word, n) => [String(n + 1), `On ${word}s`] as const)])}</label>
      <label>At${select(
        'hour',
        String(mail?.hour ?? 8),
        Array.from({ length: 24 }, (_, hour) => [String(hour), `${String(hour).padStart(2, '0')}:00`] as const),
      )}</label>
      <details><summary>Filters</summary>${choices.map(({ dimension, label, choices: known }) => {
        const chosen = (mail?.filters as Record<string, string[]> | undefined)?.[dimension]?.[0] ?? ''
        return html`<label>${label}${select(dimension, chosen, [['', 'All'], ...known.map((one) => [one.value, one.label] as const)])}</label>`
      })}</details>
      <fieldset><legend>Who gets it</legend>${people.map(({ id, name }) => html`<label class="check"><input type="checkbox" name="recipient" value=${id} checked=${mail?.recipientIds.includes(id) ?? false} /> ${name}</label>`)}</fieldset>
      <label class="check"><input type="checkbox" name="on" value="yes" checked=${mail?.on ?? true} /> Mail it</label>
      <p class="row"><button name="act" value="save">${mail ? 'Save' : 'Add'}</button>${mail && html` <button class="second" name="act" value="now">Mail it now</button> <button class="quiet" name="act" value="remove">Remove</button>`}</p>
    </form></section>`
}

const select = (name: string, chosen: string | undefined, options: readonly (readonly [string, string])[]) =>
  html`<select name=${name}>${options.map(([value, words]) => html`<option value=${value} selected=${value === chosen}>${words}</option>`)}</select>`
