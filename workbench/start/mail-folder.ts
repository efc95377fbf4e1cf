import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { simpleParser } from 'mailparser'
import type { Google } from '../emulators/google/google.ts'
import { SHOP } from '../scenarios/fern-and-fig.ts'

export interface FolderReport {
  delivered: number
  /** Left out, with the reason. */
  left: { file: string; why: string }[]
}

const LARGEST = 36_700_160
const MANY_HEADERS = 2

/** Delivers every file of a folder, and of the folders in it, that is a mail; its bytes arrive as they are. */
export async function deliverFolder(google: Google, folder: string): Promise<FolderReport> {
  const report: FolderReport = { delivered: 0, left: [] }
  for (const path of await filesIn(folder)) {
    const file = relative(folder, path) || path
    const { bytes, sender, why } = await mailIn(path)
    if (why !== undefined) report.left.push({ file, why })
    else {
      google.deliver(bytes, { from: sender, to: [SHOP.support] })
      report.delivered++
    }
  }
  return report
}

async function filesIn(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

type Found = { bytes: Buffer; sender: string; why?: undefined } | { bytes?: undefined; sender?: undefined; why: string }

async function mailIn(path: string): Promise<Found> {
  try {
    const { size } = await stat(path)
    if (size > LARGEST) return { why: 'larger than the 35 MB that Gmail accepts' }
    const bytes = withoutMboxLine(await readFile(path))
    if (knownHeaders(bytes) < MANY_HEADERS) return { why: 'not a mail: it does not begin with header lines' }
    const parsed = await simpleParser(bytes, { skipHtmlToText: true, skipImageLinks: true, skipTextToHtml: true })
    return { bytes, sender: parsed.from?.value[0]?.address ?? '' }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}

/** Mail kept in mbox form begins with a line that no mail system sends. */
const withoutMboxLine = (bytes: Buffer) =>
  bytes.subarray(0, 5).toString('latin1') === 'From ' ? bytes.subarray(bytes.indexOf(10) + 1) : bytes

function knownHeaders(bytes: Buffer): number {
  const head =
    bytes
      .subarray(0, 20_000)
      .toString('latin1')
      .split(/\r?\n\r?\n/)[0] ?? ''
  if (!/^[!-9;-~]+[ \t]*:/.test(head)) return 0
  return [
    ...head.matchAll(
      /^(from|to|cc|subject|date|message-id|received|mime-version|content-type|return-path|delivered-to)[ \t]*:/gim,
    ),
  ].length
}
