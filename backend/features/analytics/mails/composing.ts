import { type FigureScope, MOST_ROWS, type Report, type ReportTable, USUAL_ROWS } from '../../../../shared/analytics.ts'
import type { Ctx } from '../../../context.ts'
import { html, htmlOf } from '../../../platform/html.ts'
import type { MailParts } from '../../notices/index.ts'
import { draw } from '../charts/drawing.ts'
import { printed } from '../charts/printing.ts'
import { csvPieces } from '../export/report-file.ts'
import { addressOf } from '../reports/addressing.ts'
import { picturesOf, valueWords } from '../reports/picturing.ts'
import { reportOf } from '../reports/reading.ts'
import { DRAWN_FAINT, dayWords } from '../reports/writing.ts'

/** A longer file is a link: mailboxes refuse what is large. */
const MOST_CSV_BYTES = 1_000_000
const MOST_PICTURES = 12
/** What is read in a mail; the file and the page have all of it. */
const MOST_LINES = 20
const WIDTH = 400
const PIXELS = 800

type ReportMailContent = MailParts & { subject: string; text: string }

type Picture = { cid: string; png: Buffer; words: string }

/** A report as a mail: what the page shows, for whoever does not open it. @throws DeskError as the report itself */
export async function reportMail(
  ctx: Ctx,
  workspaceId: string,
  id: string,
  scope: FigureScope,
): Promise<ReportMailContent> {
  const report = await reportOf(ctx, workspaceId, id, { ...scope, rows: MOST_ROWS })
  const pictures = await picturesFor(report)
  const csv = Buffer.from([...csvPieces(report, false)].join(''), 'utf8')
  const links = {
    page: `${ctx.config.http.pagesUrl}${addressOf(`/reports/${id}`, scope)}`,
    file: csv.length > MOST_CSV_BYTES ? `${ctx.config.http.pagesUrl}${addressOf(`/reports/${id}/file`, scope)}` : null,
  }
  const name = `${id}-${report.period.from}-to-${report.period.to}.csv`
  return {
    subject: ctx.mask(`${report.report.name}: ${daysWords(report)}`),
    text: ctx.mask(textOf(report, links)),
    html: ctx.mask(htmlMail(report, pictures, links)),
    attachments: [
      ...[...pictures.values()].flat().map(({ cid, png }) => ({
        filename: `${cid.split('@')[0]}.png`,
        content: png,
        contentType: 'image/png',
        cid,
      })),
      ...(links.file === null ? [{ filename: name, content: csv, contentType: 'text/csv; charset=utf-8' }] : []),
    ],
  }
}

/** By table, of the rows that the page shows. One after the other: drawing is for whoever waits for nothing. */
async function picturesFor({ tables }: Report): Promise<Map<string, Picture[]>> {
  const found = new Map<string, Picture[]>()
  let left = MOST_PICTURES
  for (const table of tables)
    for (const [at, picture] of picturesOf({ ...table, rows: table.rows.slice(0, USUAL_ROWS) }).entries()) {
      if (left-- <= 0) return found
      const name = `chart-${table.id}-${at}`
      const png = await printed(await draw(picture, name, WIDTH), { width: PIXELS })
      found.set(table.id, [...(found.get(table.id) ?? []), { cid: `${name}@sidedesk`, png, words: picture.words }])
    }
  return found
}

type Links = { page: string; file: string | null }

const daysWords = ({ period: { from, to } }: Report): string =>
  from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`

/** Said first when the figures are not what they should be. */
const warningOf = ({ freshness: { state, words } }: Report): string | null => (state === 'fresh' ? null : words)

const WHY = 'Somebody who leads your team set up this mail under Settings, Report mails. Do not answer it.'

function textOf(report: Report, { page, file }: Links): string {
  const { report: view, period, filters, tables } = report
  const warning = warningOf(report)
  return [
    `${view.name}: ${daysWords(report)}, by the clocks of ${period.zone}`,
    ...(filters === '' ? [] : [filters]),
    ...(warning === null ? [] : ['', warning]),
    ...tables.flatMap((table) => ['', table.title.toUpperCase(), ...linesOf(table)]),
    '',
    `With all numbers: ${page}`,
    ...(file === null ? [] : [`As a file, which is too large for a mail: ${file}`]),
    '',
    WHY,
    '',
  ].join('\n')
}

function linesOf(table: ReportTable): string[] {
  const { totals, rows, columns, note, partialWords } = table
  const lines = rows.slice(0, MOST_LINES).map((row) => columns.map((_, at) => valueWords(table, row, at)).join(' · '))
  const more = rows.length > MOST_LINES ? [`and ${table.allRows - MOST_LINES} more`] : []
  const notes = [note, partialWords].filter((words) => typeof words === 'string')
  return [...totals.map(({ words }) => words), ...notes, ...lines, ...more]
}

const CELL = 'padding:4px 8px;border-bottom:1px solid #ddd;text-align:left'
const SOFT = 'color:#5f6368'

const htmlMail = (report: Report, pictures: ReadonlyMap<string, Picture[]>, links: Links): string =>
  `<!doctype html>${htmlOf(html`<html lang="en"><body style="font-family:Arial,sans-serif;max-width:840px">
  <h1>${report.report.name}</h1>
  <p><b>${daysWords(report)}</b> by the clocks of ${report.period.zone}${report.filters !== '' && html`<br />${report.filters}`}</p>
  ${warningOf(report) && html`<p style="border:1px solid #b3261e;padding:8px"><b>${warningOf(report)}</b></p>`}
  ${report.tables.map((table) => section(table, pictures.get(table.id) ?? []))}
  <p><a href=${links.page}>With all numbers</a>${links.file !== null && html` · <a href=${links.file}>As a file</a>, which is too large for a mail`}</p>
  <p style=${SOFT}>${WHY}</p>
  </body></html>`)}`

const section = (table: ReportTable, pictures: readonly Picture[]) => html`
  <h2>${table.title}</h2>
  ${table.totals.map(({ words }) => html`<p style="font-size:22px;margin:0">${words}</p>`)}
  ${table.note !== null && html`<p style=${SOFT}>${table.note}</p>`}
  ${table.partialWords && html`<p style=${SOFT}>${table.partialWords}${pictures.length > 0 && ` ${DRAWN_FAINT}`}</p>`}
  ${pictures.map(({ cid, words }) => html`<p><img src=${`cid:${cid}`} alt=${words} width=${PIXELS} style="max-width:100%" /></p>`)}
  ${
    table.rows.length > 0 &&
    html`<table style="border-collapse:collapse"><tr>${table.columns.map(({ name }) => html`<th style=${CELL}>${name}</th>`)}</tr>
    ${table.rows.slice(0, MOST_LINES).map((row) => html`<tr>${table.columns.map((_, at) => html`<td style=${CELL}>${valueWords(table, row, at)}</td>`)}</tr>`)}</table>`
  }
  ${table.rows.length > MOST_LINES && html`<p style=${SOFT}>And ${table.allRows - MOST_LINES} more rows.</p>`}
  <p style=${SOFT}><small>${table.sentence}</small></p>`
