import { closeSync, createReadStream, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

let folder: string | undefined

/** Result files lie in a folder of this process and go with it, as Shopify's go after a week. */
function pathOf(key: string): string {
  if (!folder) {
    const made = mkdtempSync(join(tmpdir(), 'shopify-bulk-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    folder = made
  }
  return join(folder, `${key}.jsonl`)
}

/** A file that grows line by line, so that no result is ever held in memory. */
export function resultFile(key: string) {
  const file = openSync(pathOf(key), 'w', 0o600)
  return {
    add: (lines: string[]) => void (lines.length > 0 && writeSync(file, `${lines.join('\n')}\n`)),
    close: () => closeSync(file),
  }
}

export const hasResult = (key: string): boolean => /^[\w-]+$/.test(key) && existsSync(pathOf(key))

export const resultSize = (key: string): number => statSync(pathOf(key)).size

/** @param end bytes after which the stream stops; the whole file when left out */
export const readResult = (key: string, end?: number): AsyncIterable<Buffer> =>
  createReadStream(pathOf(key), end === undefined ? {} : { end: Math.floor(end) })
