import { type Answer, type Call, jsonIn, type Route } from '../../http/router.ts'
import { GoogleError, insufficientScopes, invalid, notFound, unauthenticated } from '../error.ts'
import { errorFor } from '../faults.ts'
import type { Ground } from '../ground.ts'

type Tab = {
  sheetId: number
  title: string
  rowCount: number
  columnCount: number
  cells: Map<number, string[]>
  guarded: boolean
}
type Spreadsheet = { id: string; editors: Set<string>; readers: Set<string>; tabs: Tab[] }

/** What a person does to spreadsheets, and what may be counted. */
export interface Sheets {
  /** A new spreadsheet with one empty tab of a thousand rows, shared with these. */
  create(id: string, title: string, editors: string[]): void
  share(id: string, email: string, as: 'editor' | 'reader' | 'nobody'): void
  remove(id: string): void
  /** Rows of its first tab, down to the last one with anything. */
  rows(id: string): string[][]
  /** Somebody types a row into the first tab. */
  type(id: string, row: number, cells: string[]): void
  /** Only its owner may change the first tab, until that is taken back. */
  protect(id: string, isGuarded?: boolean): void
  resize(id: string, rows: number, columns: number): void
  calls(): Readonly<Record<string, number>>
}

const SCOPE = 'https://www.googleapis.com/auth/spreadsheets'
const MOST_CELLS = 10_000_000
const PER_MINUTE = 60

/** Spreadsheets in memory, as far as a log needs them: properties, values.get, values.update RAW and appendDimension. */
export function sheetsOf(ground: Ground): { sheets: Sheets; routes: Route[] } {
  const files = new Map<string, Spreadsheet>()
  const calls: Record<string, number> = {}
  const spent = new Map<string, number>()
  const first = (id: string): Tab => {
    const tab = files.get(id)?.tabs[0]
    if (!tab) throw new Error(`There is no spreadsheet ${id}`)
    return tab
  }
  const sheets: Sheets = {
    create: (id, title, editors) => {
      const tab: Tab = { sheetId: 0, title, rowCount: 1_000, columnCount: 26, cells: new Map(), guarded: false }
      files.set(id, { id, editors: new Set(editors), readers: new Set(), tabs: [tab] })
    },
    share(id, email, as) {
      const file = files.get(id)
      file?.editors.delete(email)
      file?.readers.delete(email)
      if (as === 'editor') file?.editors.add(email)
      if (as === 'reader') file?.readers.add(email)
    },
    remove: (id) => void files.delete(id),
    rows: (id) =>
      Array.from({ length: Math.max(0, ...first(id).cells.keys()) }, (_, n) => first(id).cells.get(n + 1) ?? []),
    type: (id, row, cells) => void first(id).cells.set(row, cells),
    protect: (id, isGuarded = true) => {
      first(id).guarded = isGuarded
    },
    resize: (id, rowCount, columnCount) => void Object.assign(first(id), { rowCount, columnCount }),
    calls: () => ({ ...calls }),
  }

  const method =
    (name: string, kind: 'read' | 'write', run: (call: Call, file: Spreadsheet) => unknown) =>
    (call: Call): Answer | Promise<Answer> => {
      calls[name] = (calls[name] ?? 0) + 1
      const token = ground.tokens.find('access', /^Bearer\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? '')
      if (!token) throw unauthenticated()
      if (!token.scopes.includes(SCOPE)) throw insufficientScopes(name)
      const fault = ground.faults.take(`sheets.spreadsheets.${name}`, token.email)
      const error = fault && errorFor(fault)
      if (error) throw error
      if (fault?.kind === 'timeout') return new Promise(() => undefined)
      if (fault?.kind === 'closed') return { hangUp: true }
      const minute = `${token.email} ${kind} ${Math.floor(ground.clock.now().getTime() / 60_000)}`
      spent.set(minute, (spent.get(minute) ?? 0) + 1)
      if ((spent.get(minute) ?? 0) > PER_MINUTE) throw tooMany(kind)
      const file = files.get(call.params['id'] ?? '')
      if (!file) throw notFound()
      const mayRead = file.editors.has(token.email) || file.readers.has(token.email)
      if (!mayRead || (kind === 'write' && !file.editors.has(token.email))) throw denied()
      const json = run(call, file)
      return fault?.kind === 'lost-reply' ? { hangUp: true } : { json }
    }

  const routes: Route[] = [
    {
      method: 'GET',
      pattern: '/v4/spreadsheets/:id',
      run: method('get', 'read', (_call, { tabs }) => ({
        sheets: tabs.map(({ sheetId, title, rowCount, columnCount }) => ({
          properties: { sheetId, title, gridProperties: { rowCount, columnCount } },
        })),
      })),
    },
    { method: 'GET', pattern: '/v4/spreadsheets/:id/values/:range', run: method('values.get', 'read', getValues) },
    { method: 'PUT', pattern: '/v4/spreadsheets/:id/values/:range', run: method('values.update', 'write', putValues) },
    { method: 'POST', pattern: '/v4/spreadsheets/:act', run: (call) => batch(call) },
  ]
  const grow = method('batchUpdate', 'write', appendRows)
  const batch = (call: Call) => {
    const [id = '', act] = (call.params['act'] ?? '').split(':')
    if (act !== 'batchUpdate') throw notFound()
    return grow({ ...call, params: { id } })
  }
  return { sheets, routes }
}

type Range = { tab: Tab; from: number; to: number; columns: number }

function rangeIn({ params }: Call, { tabs }: Spreadsheet): Range {
  const text = decodeURIComponent(params['range'] ?? '')
  const parts = /^'((?:[^']|'')+)'!A(\d+):([A-Z])(\d*)$/.exec(text)
  const tab = tabs.find(({ title }) => title === parts?.[1]?.replaceAll("''", "'"))
  if (!parts || !tab) throw invalid(`Unable to parse range: ${text}`)
  const from = Number(parts[2])
  const to = parts[4] ? Number(parts[4]) : tab.rowCount
  if (from > tab.rowCount || to > tab.rowCount)
    throw invalid(`Range (${text}) exceeds grid limits. Max rows: ${tab.rowCount}, max columns: ${tab.columnCount}`)
  return { tab, from, to, columns: (parts[3] ?? 'A').charCodeAt(0) - 64 }
}

/** Empty cells at the end of a row, and empty rows at the end, are left out. */
function getValues(call: Call, file: Spreadsheet) {
  const { tab, from, to, columns } = rangeIn(call, file)
  const values: string[][] = []
  for (let row = from; row <= to; row++) {
    const cells = (tab.cells.get(row) ?? []).slice(0, columns)
    while (cells.length > 0 && cells.at(-1) === '') cells.pop()
    values.push(cells)
  }
  while (values.length > 0 && values.at(-1)?.length === 0) values.pop()
  return values.length > 0 ? { majorDimension: 'ROWS', values } : { majorDimension: 'ROWS' }
}

function putValues(call: Call, file: Spreadsheet) {
  const { tab, from, to, columns } = rangeIn(call, file)
  if (tab.guarded)
    throw invalid(
      'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.',
    )
  if (call.query.get('valueInputOption') !== 'RAW') throw invalid("'valueInputOption' must be RAW here")
  const { values } = jsonIn(call.body) as { values: (string | number)[][] }
  if (values.length > to - from + 1 || values.some((row) => row.length > columns))
    throw invalid('Requested writing within range, but tried writing outside of it')
  for (const [n, row] of values.entries()) tab.cells.set(from + n, row.map(String))
  return { updatedRows: values.length }
}

function appendRows(call: Call, { tabs }: Spreadsheet) {
  const { requests = [] } = (jsonIn(call.body) ?? {}) as {
    requests?: { appendDimension?: { sheetId: number; length: number } }[]
  }
  for (const { appendDimension: wish } of requests) {
    const tab = tabs.find(({ sheetId }) => sheetId === wish?.sheetId)
    if (!wish || !tab) throw invalid('Invalid requests[0]: this request is not emulated, or there is no such sheet')
    const cells = tabs.reduce((sum, one) => sum + one.rowCount * one.columnCount, 0)
    if (cells + wish.length * tab.columnCount > MOST_CELLS)
      throw invalid(
        `Invalid requests[0].appendDimension: This action would increase the number of cells in the workbook above the limit of ${MOST_CELLS} cells.`,
      )
    tab.rowCount += wish.length
  }
  return { replies: requests.map(() => ({})) }
}

const denied = () =>
  new GoogleError(403, 'The caller does not have permission', { reason: 'forbidden', status: 'PERMISSION_DENIED' })

const tooMany = (kind: string) =>
  new GoogleError(
    429,
    `Quota exceeded for quota metric '${kind === 'read' ? 'Read' : 'Write'} requests' and limit '${kind === 'read' ? 'Read' : 'Write'} requests per minute per user' of service 'sheets.googleapis.com'.`,
    { reason: 'rateLimitExceeded', status: 'RESOURCE_EXHAUSTED' },
  )
