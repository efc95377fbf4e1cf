import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Card } from '../../../workbench/apps-script/card-service/json.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const FILE = join(ROOT, 'tests/bundle/support/cards-as-literals.ts')
const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  module: ts.ModuleKind.NodeNext,
}

/** Files of types as the compiler reads them, which is most of its work; none of them changes while tests run. */
const read = new Map<string, ts.SourceFile | undefined>()

/**
 * What Google's own types (npm @googleapis/chat) refuse in these cards: the compiler reads each as a literal, so that an unknown field
 * and a wrong type at any depth are errors.
 */
export function problemsBySchema(cards: readonly Card[]): string[] {
  const literals = cards.map(
    (card, at) => `export const card${at}: chat_v1.Schema$GoogleAppsCardV1Card = ${JSON.stringify(documented(card))}`,
  )
  const source = [`import type { chat_v1 } from '@googleapis/chat'`, ...literals].join('\n')
  const host = ts.createCompilerHost(OPTIONS)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, ...more) => {
    if (name === FILE) return ts.createSourceFile(name, source, ts.ScriptTarget.ES2022)
    if (!read.has(name)) read.set(name, getSourceFile(name, ...more))
    return read.get(name)
  }
  host.fileExists = (name) => name === FILE || fileExists(name)
  host.readFile = (name) => (name === FILE ? source : readFile(name))
  const program = ts.createProgram([FILE], OPTIONS, host)
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

/** setComposeAction has no name in the published card JSON; the runtime keeps it under a field of its own. */
const documented = (card: Card): unknown =>
  JSON.parse(JSON.stringify(card, (key, value) => (key === 'composedDraftType' ? undefined : value)))
