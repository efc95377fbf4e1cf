import { FILE_FORMATS, type FileFormat } from '../../../../shared/analytics.ts'
import { FIGURE_PEOPLE } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { page, type Visit } from '../../settings/index.ts'
import { actionRows } from '../export/action-rows.ts'
import { reportFile } from '../export/report-file.ts'
import { exportRows, type RowsDefinition } from '../export/rows.ts'
import { ticketRows } from '../export/ticket-rows.ts'
import { type Asked, askedIn } from './asked.ts'
import { clockOf } from './clock.ts'
import { addressFor } from './filter-form.ts'

const WORDS: Record<FileFormat, string> = { csv: 'CSV', json: 'JSON' }

/** A report, and the rows behind it, as files of the period and filters that are shown. */
export const filesLine = (report: string, asked: Asked) => {
  const links = (path: string) =>
    FILE_FORMATS.map((format) => html` <a href=${withFormat(addressFor(path, asked), format)}>${WORDS[format]}</a>`)
  return html`<p class="no-print">As a file: this report${links(`/reports/${report}/file`)} · a row for each ticket${links('/reports/rows/tickets')} · a row for each action${links('/reports/rows/actions')}</p>`
}

const withFormat = (address: string, format: FileFormat): string =>
  `${address}${address.includes('?') ? '&' : '?'}format=${format}`

export const reportFilePage = page('/reports/:report/file', FIGURE_PEOPLE, async (ctx, visit) => ({
  flow: await reportFile(ctx, visit.actor, visit.params['report'] ?? '', await wantedIn(ctx, visit)),
}))

const rowsPage = (path: string, definition: RowsDefinition) =>
  page(path, FIGURE_PEOPLE, async (ctx, visit) => ({
    flow: await exportRows(ctx, visit.actor, definition, await wantedIn(ctx, visit)),
  }))

export const ticketRowsPage = rowsPage('/reports/rows/tickets', ticketRows)
export const actionRowsPage = rowsPage('/reports/rows/actions', actionRows)

/** @throws DeskError invalid_request for what no form of ours asks */
async function wantedIn(ctx: Ctx, visit: Visit) {
  const { today } = await clockOf(ctx, visit.actor.workspaceId)
  const { scope, problem } = askedIn(visit.query, today)
  if (problem !== null) throw new DeskError('invalid_request', problem)
  const named = visit.query.get('format') ?? 'csv'
  const format = FILE_FORMATS.find((one) => one === named)
  if (!format)
    throw new DeskError('invalid_request', `There is no file «${named}». Choose ${FILE_FORMATS.join(' or ')}.`)
  return { ...scope, format }
}
