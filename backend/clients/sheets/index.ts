import { z } from 'zod'
import type { Clock } from '../../platform/clock.ts'
import type { Metrics } from '../../platform/metrics.ts'
import { SheetsRefused, SheetsUnavailable } from './failures.ts'
import { sheetsTokens } from './tokens.ts'

export { SheetsRefused, SheetsUnavailable } from './failures.ts'
export { ServiceAccountKey } from './tokens.ts'

/** One tab of a spreadsheet, as a service account may reach it. */
export type SheetAt = { secret: string; spreadsheetId: string; sheetName: string }

export type SheetsClient = {
  /** The tab's own number, and how many rows it has. @throws SheetsRefused, SheetsUnavailable */
  tab(at: SheetAt): Promise<{ sheetId: number; rows: number }>
  /** Values of a range such as A1:A, row by row, without empty rows at its end. @throws SheetsRefused, SheetsUnavailable */
  read(at: SheetAt, range: string): Promise<string[][]>
  /** Writes values as they are: nothing is taken for a formula. Again it writes the same. @throws SheetsRefused, SheetsUnavailable */
  put(at: SheetAt, range: string, rows: readonly (readonly (string | number)[])[]): Promise<void>
  /** Adds empty rows at the end. @throws SheetsRefused, SheetsUnavailable */
  grow(at: SheetAt, sheetId: number, rows: number): Promise<void>
}

export type SheetsSettings = { sheetsUrl: string; tokenUrl: string; clock: Clock; metrics: Metrics; timeoutMs?: number }

const Tabs = z.object({
  sheets: z.array(
    z.object({
      properties: z.object({
        sheetId: z.int(),
        title: z.string(),
        gridProperties: z.object({ rowCount: z.int() }).optional(),
      }),
    }),
  ),
})
const Values = z.object({ values: z.array(z.array(z.union([z.string(), z.number(), z.boolean()]))).optional() })

/** The Sheets API over HTTP, one try for each call: what to try again, and when, is the job queue's to say. */
export function createSheets(settings: SheetsSettings): SheetsClient {
  const { sheetsUrl, metrics, timeoutMs = 20_000 } = settings
  const tokens = sheetsTokens({ ...settings, timeoutMs })

  const call = async (at: SheetAt, method: string, path: string, send: { verb?: string; body?: unknown } = {}) => {
    const count = (outcome: string) => metrics.outside.inc({ system: 'sheets', method, outcome })
    try {
      const token = await tokens.of(at.secret)
      const response = await fetch(`${sheetsUrl}/v4/spreadsheets/${encodeURIComponent(at.spreadsheetId)}${path}`, {
        method: send.verb ?? 'GET',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(send.body !== undefined && { body: JSON.stringify(send.body) }),
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error: unknown) => {
        throw new SheetsUnavailable('Google Sheets cannot be reached right now.', { cause: error })
      })
      if (response.status === 401) tokens.forget(at.secret)
      if (!response.ok) throw await failureOf(response, at)
      const body: unknown = await response.json().catch((error: unknown) => {
        throw new SheetsUnavailable("Google's answer broke off.", { cause: error })
      })
      count('done')
      return body
    } catch (error) {
      count(error instanceof SheetsRefused ? 'refused' : 'unavailable')
      throw error
    }
  }

  return {
    async tab(at) {
      const { sheets } = Tabs.parse(await call(at, 'get', '?fields=sheets.properties'))
      const found = sheets.find(({ properties }) => properties.title === at.sheetName)
      if (!found) throw new SheetsRefused(`The spreadsheet has no sheet called «${at.sheetName}» any more.`)
      return { sheetId: found.properties.sheetId, rows: found.properties.gridProperties?.rowCount ?? 0 }
    },
    async read(at, range) {
      const { values = [] } = Values.parse(await call(at, 'values.get', `/values/${rangeIn(at, range)}`))
      return values.map((row) => row.map(String))
    },
    async put(at, range, rows) {
      const path = `/values/${rangeIn(at, range)}?valueInputOption=RAW`
      await call(at, 'values.update', path, { verb: 'PUT', body: { majorDimension: 'ROWS', values: rows } })
    },
    async grow(at, sheetId, length) {
      const requests = [{ appendDimension: { sheetId, dimension: 'ROWS', length } }]
      await call(at, 'batchUpdate', ':batchUpdate', { verb: 'POST', body: { requests } })
    },
  }
}

const rangeIn = ({ sheetName }: SheetAt, range: string): string =>
  encodeURIComponent(`'${sheetName.replaceAll("'", "''")}'!${range}`)

const Failure = z.object({ error: z.object({ message: z.string() }) })

async function failureOf(response: Response, { spreadsheetId }: SheetAt): Promise<Error> {
  const { status } = response
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  if (status === 429 || status >= 500 || status === 401)
    return new SheetsUnavailable(
      status === 429
        ? 'Google Sheets asks to write more slowly.'
        : `Google Sheets is not available right now (${status}).`,
      { retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined },
    )
  const parsed = Failure.safeParse(await response.json().catch(() => null))
  const words = parsed.success ? parsed.data.error.message : `It answered ${status}.`
  if (status === 404) return new SheetsRefused(`There is no spreadsheet ${spreadsheetId} any more.`)
  if (status === 403)
    return new SheetsRefused(
      `The service account may not write there: share the spreadsheet with it as an editor. Google says: ${words}`,
    )
  return new SheetsRefused(`Google Sheets refused it: ${words}`)
}
