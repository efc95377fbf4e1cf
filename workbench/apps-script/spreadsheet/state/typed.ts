import { parseValue } from 'numfmt'
import { ScriptError } from '../../realm/script-error.ts'
import type { Cell } from './book.ts'

const LONGEST_TEXT = 50_000
const HYPERLINK = /^=\s*HYPERLINK\(\s*"((?:[^"]|"")*)"\s*(?:[;,]\s*"((?:[^"]|"")*)"\s*)?\)$/i

/** As a script hands it over: an instant comes as its milliseconds since 1970. */
export type Written = string | number | boolean | { instant: number }

type Found = Pick<Cell, 'value' | 'formula' | 'link' | 'format'>

/**
 * What a cell makes of a value: text is read as if a person had typed it, so `1/2` is a day and `=A1` a formula, unless an apostrophe
 * stands before it. Days and truths bring their format along.
 * @throws ScriptError when it is too long for a cell
 */
export function typed(written: Written, plainText: boolean): Found {
  if (typeof written === 'object') return { value: serialOf(written.instant), format: 'yyyy-mm-dd hh:mm:ss' }
  if (typeof written !== 'string') return { value: written }
  if (written.length > LONGEST_TEXT)
    throw new ScriptError('Your input contains more than the maximum of 50000 characters in a single cell.')
  if (written.startsWith("'")) return { value: written.slice(1) }
  if (/^[=+]./.test(written) && !isNumber(written)) return formula(`=${written.slice(1)}`)
  if (plainText) return { value: written }
  if (/^-./.test(written) && !isNumber(written)) return formula(`=${written}`)
  const read = parseValue(written)
  if (!read || typeof read.v === 'string') return { value: written }
  return { value: read.v as number | boolean, ...(read.z ? { format: read.z } : {}) }
}

const DAY_MS = 86_400_000
const EPOCH_DAYS = 25_569

const serialOf = (milliseconds: number): number => milliseconds / DAY_MS + EPOCH_DAYS

const isNumber = (text: string): boolean => typeof parseValue(text)?.v === 'number'

/** Only links are worked out here; any other formula shows that it was not. */
function formula(text: string): Found {
  const [, url, label] = HYPERLINK.exec(text) ?? []
  if (url === undefined) return { value: '#ERROR!', formula: text }
  const [link, shown] = [unquoted(url), unquoted(label ?? url)]
  return { value: shown, formula: text, link }
}

const unquoted = (text: string) => text.replaceAll('""', '"')
