import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Admin, Said } from '../admin.ts'
import { COMPILED } from './compiled.ts'

const ENTRY = fileURLToPath(new URL('../../../backend/admin.ts', import.meta.url))

/** The command line as a person runs it: the real process, in an empty folder, with nothing but this environment. */
export function adminProcessWith(env: Record<string, string>): Admin {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-admin-'))
  const begin = (args: string[]) => {
    const child = spawn(process.execPath, [ENTRY, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...COMPILED, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said: Said = { code: null, out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.err += text
    })
    const ended = once(child, 'close').then(([code]) => ({ ...said, code: code as number | null }))
    return {
      ended,
      async says(pattern: RegExp) {
        const over = ended.then(({ code, out, err }) => {
          throw new Error(`The command ended (${code}) without saying ${pattern}:\n${out}${err}`)
        })
        over.catch(() => undefined)
        for (;;) {
          const found = pattern.exec(said.out)
          if (found) return found
          await Promise.race([once(child.stdout, 'data'), over])
        }
      },
    }
  }
  return {
    folder,
    begin: (...args) => begin(args),
    run: (...args) => begin(args).ended,
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}
