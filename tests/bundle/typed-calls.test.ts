import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import ts from 'typescript'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FILE = join(ROOT, 'addon/calls-of-a-test.ts')

/** Calls of the add-on, each with what the compiler must say about it; undefined when it must accept it. */
const CALLS: [call: string, problem: string | undefined][] = [
  [`call<typeof getTicket>('GET', '/v1/tickets/:ticketId', { params: { ticketId: '' } }).number.trim()`, undefined],
  [`call<typeof getTicket>('POST', '/v1/tickets/:ticketId', { params: { ticketId: '' } })`, `"POST"`],
  [`call<typeof getTicket>('GET', '/v1/ticket/:ticketId', { params: { ticketId: '' } })`, `"/v1/ticket/:ticketId"`],
  [`call<typeof getTicket>('GET', '/v1/tickets/:ticketId', { params: { id: '' } })`, `'id' does not exist`],
  [`call<typeof getTicket>('GET', '/v1/tickets/:ticketId', {})`, `'params' is missing`],
  [
    `call<typeof getTicket>('GET', '/v1/tickets/:ticketId', { params: { ticketId: '' } }).total`,
    `'total' does not exist`,
  ],
  [
    `call<typeof noteTicket>('POST', '/v1/tickets/:ticketId/notes', { params: { ticketId: '' }, body: { text: '' } })`,
    `'key' is missing`,
  ],
  [
    `call<typeof noteTicket>('POST', '/v1/tickets/:ticketId/notes', { params: { ticketId: '' }, body: { note: '' }, key: '' })`,
    `'note' does not exist`,
  ],
]

test('method, path, parameters, body, key and reply of a call are held to the contract by the compiler', () => {
  const source = [
    `import type { getTicket, noteTicket } from '../shared/tickets.ts'`,
    `import { call } from './api.ts'`,
    ...CALLS.map(([text]) => text),
  ].join('\n')
  const problems = problemsByLine(source)
  CALLS.forEach(([text, problem], at) => {
    const found = problems.get(at + 2)
    if (problem === undefined) expect([text, found]).toEqual([text, undefined])
    else expect([text, found]).toEqual([text, expect.stringContaining(problem)])
  })
})

function problemsByLine(source: string): Map<number, string> {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, 'addon/tsconfig.json'),
    { incremental: false, noEmit: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  )
  const { tsBuildInfoFile: _, ...options } = config?.options ?? {}
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  host.getSourceFile = (name, ...more) =>
    name === FILE ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...more)
  host.fileExists = (name) => name === FILE || fileExists(name)
  const program = ts.createProgram([FILE], options, host)
  const file = program.getSourceFile(FILE)
  const found = new Map<number, string>()
  for (const { start = 0, messageText } of program.getSemanticDiagnostics(file)) {
    found.set(file?.getLineAndCharacterOfPosition(start).line ?? -1, ts.flattenDiagnosticMessageText(messageText, ' '))
  }
  return found
}
