import { fromDecimal, type Money, placesOf } from '../../../shared/money.ts'
import { type CsvRecord, readCsv } from '../../platform/csv/reading.ts'
import { maskCodes } from './codes.ts'

/** A card as a history from elsewhere names it. Dates are the shop's, YYYY-MM-DD. */
export type HistoryLine = {
  line: number
  issuedOn: string
  amount: Money
  last: string
  reason: string
  agent: string
  order: string
  expiresOn: string | null
}

export type History = { lines: HistoryLine[]; refused: { line: number; why: string }[] }

const REQUIRED = ['issued_on', 'amount', 'currency', 'last4', 'reason'] as const
const COLUMNS = [...REQUIRED, 'agent', 'order', 'expires_on'] as const
type Column = (typeof COLUMNS)[number]
type Cells = Record<Column, string>

/** Longest reason, person and order, in characters. */
const LONGEST = 100

/**
 * Reads a history of gift cards; columns may stand in any order, and others beside them are left out.
 * @param today the shop's day: what is later was not issued yet
 * @returns what can be imported, and each other line with what is wrong with it
 */
export function readHistory(csv: string, today: string): History {
  const [header, ...records] = readCsv(csv)
  if (!header) return { lines: [], refused: [{ line: 1, why: 'The file is empty.' }] }
  const names = header.cells.map((name) => name.trim().toLowerCase())
  const missing = REQUIRED.filter((name) => !names.includes(name))
  if (missing.length > 0)
    return { lines: [], refused: [{ line: header.line, why: `The first line names no column ${missing.join(', ')}.` }] }
  const history: History = { lines: [], refused: [] }
  for (const record of records) {
    const read = lineOf(record, names, today)
    if (typeof read === 'string') history.refused.push({ line: record.line, why: read })
    else history.lines.push(read)
  }
  return history
}

/** The card, or what is wrong. */
function lineOf({ line, cells, fault }: CsvRecord, names: readonly string[], today: string): HistoryLine | string {
  if (fault !== null) return fault
  if (cells.length !== names.length)
    return `This line has ${cells.length} cells and the first line ${names.length}. Put cells with a comma in quotes.`
  const of = Object.fromEntries(COLUMNS.map((name) => [name, (cells[names.indexOf(name)] ?? '').trim()])) as Cells
  const amount = amountOf(of.amount, of.currency.toUpperCase())
  if (typeof amount === 'string') return amount
  const wrong = datesWrong(of, today) ?? wordsWrong(of)
  if (wrong !== null) return wrong
  const [reason, agent, order] = [maskCodes(of.reason), maskCodes(of.agent), maskCodes(of.order)]
  const last = of.last4.toLowerCase()
  return { line, issuedOn: of.issued_on, amount, last, reason, agent, order, expiresOn: of.expires_on || null }
}

function datesWrong({ issued_on, expires_on }: Cells, today: string): string | null {
  if (!isDay(issued_on)) return 'issued_on is no date: write it as 2026-03-31.'
  if (issued_on > today) return 'issued_on is in the future.'
  if (expires_on === '') return null
  if (!isDay(expires_on)) return 'expires_on is no date: write it as 2027-03-31, or leave it empty for never.'
  return expires_on < issued_on ? 'expires_on is before issued_on.' : null
}

function wordsWrong({ last4, reason, agent, order }: Cells): string | null {
  if (!/^[a-z0-9]{4}$/i.test(last4))
    return 'last4 must be four letters or digits. Excel takes zeros away from the front of a number: format the column as text.'
  if (reason === '') return 'reason is empty.'
  if ([reason, agent, order].some((words) => words.length > LONGEST))
    return `reason, agent and order may have ${LONGEST} characters.`
  return null
}

/** A date that there is: 2026-02-30 is none. */
const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Shopify knows one that is in no list of ISO. */
const CURRENCIES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('currency'), 'USDC'])

/** With the dots between them; more is no gift card. */
const MOST_DIGITS = 12

/** 12.50 and 12,50 are the same; 1.234,50 and 1,234.50, too. */
function amountOf(text: string, currency: string): Money | string {
  if (!CURRENCIES.has(currency)) return 'currency is its code of three letters, for example EUR.'
  const places = placesOf(currency)
  const [, whole = '', mark, fraction = ''] = /^([\d.,]*?\d)(?:([.,])(\d+))?$/.exec(text) ?? []
  const plain = /^\d+$/.test(whole)
  const grouped = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/.exec(whole)
  const clear = mark === undefined ? plain : plain ? fraction.length <= places : grouped !== null && grouped[1] !== mark
  if (!clear || fraction.length > places || whole.length > MOST_DIGITS)
    return `amount cannot be read: write it as ${places === 0 ? '1234' : `1234.${'5'.padEnd(places, '0')}`}.`
  const amount = fromDecimal(`${whole.replace(/[.,]/g, '')}.${fraction.padEnd(1, '0')}`, currency)
  return amount.minor > 0 ? amount : 'amount must be more than nothing.'
}
