import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../../backend/config.ts'
import { COMPILED } from './processes/compiled.ts'

const ENTRY = fileURLToPath(new URL('../../backend/admin.ts', import.meta.url))

export type Said = { code: number | null; out: string; err: string }

/** The command line as a person runs it: the real process, in an empty folder, with nothing but this environment. */
export function adminWith(env: Record<string, string>) {
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
      /** Waits until the command has printed something that fits; fails when it ends before. */
      async says(pattern: RegExp): Promise<RegExpExecArray> {
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
      interrupt: () => child.kill('SIGINT'),
    }
  }
  return {
    folder,
    begin: (...args: string[]) => begin(args),
    run: (...args: string[]): Promise<Said> => begin(args).ended,
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export type Admin = ReturnType<typeof adminWith>

/** The variables that lead to this configuration. */
export const environmentOf = (config: Config): Record<string, string> => ({
  DATABASE_URL: config.db.url,
  JOBS_DATABASE_URL: config.db.jobsUrl,
  LAKE_DATABASE_URL: config.db.lakeUrl,
  DATABASE_CONNECTIONS: '4',
  PUBLIC_URL: config.http.publicUrl,
  MASTER_KEY: (config.masterKeys[0] ?? Buffer.alloc(0)).toString('base64'),
  OBJECTS_DIR: config.objectsDir,
  LAKE_FILE: config.lakeFile,
  ADDON_AUDIENCES: config.addon.audiences.join(),
  GOOGLE_CERTS_URL: config.google.certsUrl,
  GOOGLE_AUTH_URL: config.google.authUrl,
  GOOGLE_TOKEN_URL: config.google.tokenUrl,
  GMAIL_URL: config.google.gmailUrl,
  GOOGLE_CLIENT_ID: config.google.clientId,
  GOOGLE_CLIENT_SECRET: config.google.clientSecret,
  ...(config.pubSub.topic && { PUBSUB_TOPIC: config.pubSub.topic, PUBSUB_ACCOUNT: config.pubSub.account }),
})
