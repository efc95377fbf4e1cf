import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html, htmlOf } from '../../../platform/html.ts'
import type { LiveTopic } from '../../../platform/live/hub.ts'
import { LIVE_SCRIPT, liveLine, livePart, livePlace, type PageAnswer, page, type Visit } from '../../settings/index.ts'
import { lakeVersion } from '../figures/asking.ts'
import { freshnessIn } from '../reading/freshness.ts'
import { addressOf } from '../reports/addressing.ts'
import { type Choices, filterChoices, filterWords } from '../reports/choices.ts'
import { REPORTS, reportCalled } from '../reports/list.ts'
import { overview } from '../reports/overview.ts'
import { type Filled, fillReport } from '../reports/reading.ts'
import { type ReportDefinition, tablesOf } from '../reports/report.ts'
import { spanOf } from '../reports/spans.ts'
import { type Asked, askedIn, strangeFilter } from './asked.ts'
import { clockOf } from './clock.ts'
import { comparedWords, figureCard, figureSection, freshnessLine, partialLine, periodLine } from './figure-views.ts'
import { filesLine } from './files.ts'
import { addressFor, filterForm } from './filter-form.ts'
import { insightLinks } from './insight-links.ts'
import { type KeptPart, keptFor } from './keeping.ts'
import { FIGURES_STYLE } from './style.ts'

const DASHBOARD = '/dashboard'
const LIVE_DASHBOARD = '/desk/live/dashboard'
const LIVE_REPORT = '/desk/live/reports/:report'

/** How a report is shown: where, and its figures as cards beside each other or one below the other. */
type Shown = { definition: ReportDefinition; title: string; path: string; live: string; as: 'cards' | 'sections' }

const dashboard: Shown = {
  definition: overview,
  title: 'Dashboard',
  path: DASHBOARD,
  live: LIVE_DASHBOARD,
  as: 'cards',
}

const shownOf = (id: string): Shown => {
  const definition = reportCalled(id)
  return {
    definition,
    title: definition.name,
    path: `/reports/${id}`,
    live: `/desk/live/reports/${id}`,
    as: 'sections',
  }
}

export const dashboardPage = {
  ...page(DASHBOARD, FIGURE_PEOPLE, (ctx, visit) => show(ctx, visit, dashboard), 'Dashboard'),
  covers: ['/reports'],
}

export const dashboardLive = livePart(LIVE_DASHBOARD, FIGURE_PEOPLE, (ctx, visit) => topicAsked(ctx, visit, dashboard))

export const reportPage = page('/reports/:report', FIGURE_PEOPLE, (ctx, visit) =>
  show(ctx, visit, shownOf(visit.params['report'] ?? '')),
)

export const reportLive = livePart(LIVE_REPORT, FIGURE_PEOPLE, (ctx, visit) =>
  topicAsked(ctx, visit, shownOf(visit.params['report'] ?? '')),
)

/** Every report, with what is in it. */
export const reportsPage = page('/reports', FIGURE_PEOPLE, async () => ({
  title: 'Reports',
  body: html`<h1>Reports</h1>
    ${insightLinks('/reports', '/reports/forecast')}
    <p class="row"><a href=${DASHBOARD}>Dashboard</a> <a href="/reports/definitions">Definitions</a> <a href="/reports/data">Data that needs a look</a></p>
    ${REPORTS.map(
      (report) => html`<section><h2><a href=${`/reports/${report.id}`}>${report.name}</a></h2><p>${report.sentence}</p>
        <p class="soft">${tablesOf(report)
          .map(({ title }) => title)
          .join(' · ')}</p></section>`,
    )}`,
}))

async function show(ctx: Ctx, visit: Visit, shown: Shown): Promise<PageAnswer> {
  const { workspaceId } = visit.actor
  const { zone, today } = await clockOf(ctx, workspaceId)
  const asked = askedIn(visit.query, today)
  const choices = await filterChoices(ctx, workspaceId)
  const found = await partOr(ctx, workspaceId, shown, {
    ...asked,
    problem: asked.problem ?? strangeFilter(asked.scope, choices),
  })
  const problem = 'problem' in found ? found.problem : null
  const address = addressFor(shown.path, asked)
  return {
    title: shown.title,
    status: 'problem' in found ? found.status : 200,
    body: html`<h1>${shown.title}</h1>
      ${shown.as === 'sections' ? html`<p class="no-print">${shown.definition.sentence} <a href="/reports">All reports</a></p>` : html`<p class="row no-print"><a href="/reports">Reports</a> <a href="/reports/definitions">Definitions</a></p>`}
      ${shown.definition.tell && insightLinks(shown.path, '/reports')}
      ${filterForm(shown.path, { ...asked, problem }, { choices, zone, hasPeriod: shown.definition.tell === undefined })}
      ${'part' in found ? livePlace(addressFor(shown.live, asked), found.part) : html`<p class="bad" role="alert">${found.problem}</p>`}
      ${'part' in found && filesLine(shown.definition.id, asked)}
      ${'part' in found && liveLine(address)}`,
    ...('part' in found && { scripts: [LIVE_SCRIPT] }),
    style: FIGURES_STYLE,
  }
}

type Found = { part: string } | { problem: string; status: number }

/** What is asked, or why it cannot be answered: the form stays there with what was typed. */
async function partOr(ctx: Ctx, workspaceId: string, shown: Shown, asked: Asked): Promise<Found> {
  if (asked.problem !== null) return { problem: asked.problem, status: 400 }
  try {
    return { part: await partOf(ctx, workspaceId, shown, asked) }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { problem: error.message, status: error.status }
  }
}

/** New facts in the lake change it, and so does the beginning of a day. */
async function topicAsked(ctx: Ctx, visit: Visit, shown: Shown): Promise<LiveTopic> {
  return {
    name: `figures ${shown.live}?${visit.query}`,
    hears: ({ kinds }) => kinds.has('lake.moved'),
    render: async (workspaceId) => {
      const { today } = await clockOf(ctx, workspaceId)
      return partOf(ctx, workspaceId, shown, askedIn(visit.query, today))
    },
  }
}

async function partOf(ctx: Ctx, workspaceId: string, shown: Shown, { scope }: Asked): Promise<string> {
  const span = await spanOf(ctx, workspaceId, scope)
  const version = await lakeVersion(ctx, workspaceId)
  const name = `${workspaceId} ${addressOf(shown.live, { ...scope, zone: span.zone })}`
  const { html: figures, isThere } = await keptFor(ctx, name, version, () =>
    figuresPart(ctx, workspaceId, shown, { ...scope, zone: span.zone }),
  )
  return `${htmlOf(freshnessLine(await freshnessIn(ctx, version !== null && isThere), span.zone))}${figures}`
}

async function figuresPart(
  ctx: Ctx,
  workspaceId: string,
  { definition, as }: Shown,
  scope: Asked['scope'],
): Promise<KeptPart> {
  const choices: Choices = await filterChoices(ctx, workspaceId)
  const { period, tables, freshness, beganOn = null } = await fillReport(ctx, workspaceId, definition, scope, true)
  // why nothing is known stands above all of them
  const said = freshness.state === 'missing' ? tables.map(withoutNote) : tables
  const views = await Promise.all(said.map(as === 'cards' ? figureCard : figureSection))
  const compared = definition.tell === undefined ? comparedWords(period, beganOn) : ''
  const shown = html`${periodLine(period, filterWords(scope, choices), compared)}${partialLine(tables)}<div class=${as === 'cards' ? 'figures' : 'report'} style=${`--rows: ${Math.ceil(views.length / 4)}`}>${views}</div>`
  return { html: htmlOf(shown), isThere: freshness.state !== 'missing' }
}

const withoutNote = (filled: Filled): Filled => ({ ...filled, table: { ...filled.table, note: null } })
