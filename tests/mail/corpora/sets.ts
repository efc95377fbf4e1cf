import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join, relative } from 'node:path'
import { convert } from 'html-to-text'

/** What may be known of a mail beforehand. A column without a value is not checked. */
export type Expected = {
  outcome?: string
  subject?: string
  from?: string
  body?: string
  /** The whole reply, or parts that must and must not be in it. */
  reply?: string | { starts?: string; visible_contains?: string[]; hidden_contains?: string[]; all_visible?: true }
  attachments?: string[]
  /** Addresses that a mail did not reach; null for a mail that is no such report. */
  bounce?: string[] | null
  autoReply?: boolean
  /** The file whose ticket this mail joins, or "new". */
  thread?: string
}

/** `mail`: goes through the whole intake. `text`, `html`: a body alone, for the trimmer. */
export type Sample = {
  set: string
  name: string
  kind: 'mail' | 'text' | 'html'
  bytes: Buffer
  /** Even files are for tuning; odd ones give the figure. */
  half: 'even' | 'odd'
  expected: Expected
}

/** Reads a folder of sample folders; docs/guides/mail-samples.md has the format. */
export function readSets(root: string): Sample[] {
  const folders = readdirSync(root).filter((name) => statSync(join(root, name)).isDirectory())
  const sets = folders.flatMap((name) => readSet(name, join(root, name)))
  const own = existsSync(join(root, 'expected.json')) && folders.length === 0
  return own ? readSet(basename(root), root) : sets
}

function readSet(set: string, folder: string): Sample[] {
  const expected = new Map(Object.entries(readExpected(folder)))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && isSample(path, folder))
  return [
    ...files.map((path) => sampleOf(set, folder, path, expected)),
    ...casesIn(set, folder, 'text_cases.json', 'text'),
    ...casesIn(set, folder, 'html_cases.json', 'html'),
  ].sort((one, other) => one.name.localeCompare(other.name))
}

const SAMPLES = /^(\.eml|\.txt|\.html|\.mime|\.msg|)$/
const NOT_SAMPLES = /^(LICEN[CS]E|NOTICE|README|MANIFEST|COPYING)/i

const isSample = (path: string, folder: string): boolean =>
  SAMPLES.test(extname(path)) && !NOT_SAMPLES.test(basename(path)) && !relative(folder, path).startsWith('.')

function sampleOf(set: string, folder: string, path: string, expected: ReadonlyMap<string, Expected>): Sample {
  const name = relative(folder, path)
  const bytes = readFileSync(path)
  const [short, stem] = [basename(path), basename(path, extname(path))]
  const known = [name, short, stem].map((key) => expected.get(key)).find((found) => found !== undefined)
  const kind = extname(path) === '.html' ? 'html' : looksLikeMail(bytes) ? 'mail' : 'text'
  return { set, name, kind, bytes, half: halfOf(bytes), expected: withWhole(known ?? {}, bytes) }
}

/** Where nothing is to be hidden, the whole body is the reply. */
const withWhole = (expected: Expected, bytes: Buffer): Expected =>
  typeof expected.reply === 'object' && expected.reply.all_visible ? { ...expected, reply: bytes.toString() } : expected

/** A mail begins by header fields; a body alone does not. */
function looksLikeMail(bytes: Buffer): boolean {
  const head = bytes.toString('latin1', 0, 4_000).replace(/^From [^\n]*\n/, '')
  const fields = head.split(/\r?\n\r?\n|\r\r/, 1)[0]?.match(/^[\w-]{2,40}:/gm) ?? []
  return (
    /^[\w-]{2,40}: ?/.test(head) &&
    fields.some((field) =>
      /^(from|to|subject|date|received|return-path|content-type|mime-version|message-id):$/i.test(field),
    )
  )
}

export const halfOf = (bytes: string | Buffer): Sample['half'] =>
  /[02468ace]$/.test(createHash('sha256').update(bytes).digest('hex')) ? 'even' : 'odd'

type Json = Record<string, unknown>

/** Files of several projects are taken as they are published: each has a shape of its own. */
function readExpected(folder: string): Record<string, Expected> {
  const path = join(folder, 'expected.json')
  if (!existsSync(path)) return {}
  const all = JSON.parse(readFileSync(path, 'utf8')) as Json
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => expectationsOf(key, value)))
}

function expectationsOf(key: string, value: unknown): [string, Expected][] {
  if (typeof value === 'string') return [[key, { reply: value }]]
  if (typeof value !== 'object' || value === null)
    throw new Error(`An expectation of a shape that is not known: ${key}`)
  const facts = value as Json
  if ('permanent' in facts || 'temporary' in facts)
    return [
      [key, { bounce: [...((facts['permanent'] ?? []) as string[]), ...((facts['temporary'] ?? []) as string[])] }],
    ]
  if (['starts', 'visible_contains', 'hidden_contains', 'all_visible'].some((name) => name in facts))
    return [[key, { reply: facts as Exclude<Expected['reply'], string | undefined> }]]
  if ('max_ms' in facts) return [[key, {}]] // every reader has its time-out
  if (COLUMNS.some((name) => name in facts)) return [[key, facts as Expected]]
  return Object.entries(facts).flatMap(([inner, one]) => expectationsOf(inner, one)) // a group of files
}

export const COLUMNS = [
  'outcome',
  'subject',
  'from',
  'body',
  'reply',
  'attachments',
  'bounce',
  'autoReply',
  'thread',
] as const satisfies (keyof Expected)[]
export type Column = (typeof COLUMNS)[number]

function casesIn(set: string, folder: string, file: string, kind: 'text' | 'html'): Sample[] {
  const path = join(folder, file)
  if (!existsSync(path)) return []
  const cases = JSON.parse(readFileSync(path, 'utf8')) as { name: string; input: string; expected: string }[]
  return cases.map(({ name, input, expected }, at) => ({
    set,
    name: `${file}#${at} ${name}`,
    kind,
    bytes: Buffer.from(input),
    half: halfOf(input),
    expected: { reply: kind === 'html' ? convert(expected, { wordwrap: false }) : expected },
  }))
}
