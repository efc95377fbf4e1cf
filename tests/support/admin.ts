import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'node:util'
import { Command, CommanderError } from 'commander'
import { exitWith } from '../../backend/admin/failing.ts'
import { adminProgram } from '../../backend/admin/program.ts'
import type { Config } from '../../backend/config.ts'
import { objectsFolderOf } from './objects-folder.ts'

export type Said = { code: number | null; out: string; err: string }

/** A command that was begun and not ended yet. */
type Begun = {
  ended: Promise<Said>
  /** Waits until the command has printed something that fits; fails when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
}

export type Admin = {
  /** Where the commands run; empty at first. */
  folder: string
  begin(...args: string[]): Begun
  run(...args: string[]): Promise<Said>
  end(): void
}

/** The commands as the command line has them, run in this process: a process for each would take a second. One at a time. */
export function adminWith(env: Record<string, string>): Admin {
  const folder = mkdtempSync(join(tmpdir(), 'sidedesk-admin-'))
  const begin = (args: string[]): Begun => {
    const said: Said = { code: null, out: '', err: '' }
    const heard = new EventEmitter()
    let over = false
    const ended = inSurroundings({ folder, env, said, heard }, () => endOf(args, said, heard)).finally(() => {
      over = true
      heard.emit('more')
    })
    return {
      ended,
      async says(pattern) {
        for (;;) {
          const found = pattern.exec(said.out)
          if (found) return found
          if (over)
            throw new Error(`The command ended (${said.code}) without saying ${pattern}:\n${said.out}${said.err}`)
          await once(heard, 'more')
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

type Surroundings = { folder: string; env: Record<string, string>; said: Said; heard: EventEmitter }

/** What a command finds and where its words go, as if it had a process of its own. */
async function inSurroundings({ folder, env, said, heard }: Surroundings, work: () => Promise<void>): Promise<Said> {
  const before = { folder: process.cwd(), env: process.env, log: console.log, error: console.error }
  const keep =
    (into: 'out' | 'err') =>
    (...words: unknown[]) => {
      said[into] += `${format(...words)}\n`
      heard.emit('more')
    }
  process.chdir(folder)
  process.env = env
  Object.assign(console, { log: keep('out'), error: keep('err') })
  try {
    await work()
    return said
  } finally {
    process.chdir(before.folder)
    process.env = before.env
    Object.assign(console, { log: before.log, error: before.error })
  }
}

/** Runs one command to its end, and keeps its exit code out of this process. */
async function endOf(args: string[], said: Said, heard: EventEmitter): Promise<void> {
  const keep = (into: 'out' | 'err') => (words: string) => {
    said[into] += words
    heard.emit('more')
  }
  const program = new Command().exitOverride().configureOutput({ writeOut: keep('out'), writeErr: keep('err') })
  try {
    await adminProgram(program).parseAsync(args, { from: 'user' })
    said.code = Number(process.exitCode ?? 0)
  } catch (error) {
    if (!(error instanceof CommanderError)) exitWith(error)
    said.code = error instanceof CommanderError ? error.exitCode : Number(process.exitCode)
  } finally {
    process.exitCode = undefined
  }
}

/** The variables that lead to this configuration. */
export const environmentOf = (config: Config): Record<string, string> => ({
  DATABASE_URL: config.db.url,
  JOBS_DATABASE_URL: config.db.jobsUrl,
  LAKE_DATABASE_URL: config.db.lakeUrl,
  DATABASE_CONNECTIONS: '4',
  DATABASE_WAIT: '100',
  PUBLIC_URL: config.http.publicUrl,
  MASTER_KEY: (config.masterKeys[0] ?? Buffer.alloc(0)).toString('base64'),
  OBJECTS_DIR: objectsFolderOf(config),
  LAKE_DIR: config.lake.dir,
  ADDON_AUDIENCES: config.addon.audiences.join(),
  GOOGLE_CERTS_URL: config.google.certsUrl,
  GOOGLE_AUTH_URL: config.google.authUrl,
  GOOGLE_TOKEN_URL: config.google.tokenUrl,
  GMAIL_URL: config.google.gmailUrl,
  GOOGLE_CLIENT_ID: config.google.clientId,
  GOOGLE_CLIENT_SECRET: config.google.clientSecret,
  ...(config.pubSub.topic && { PUBSUB_TOPIC: config.pubSub.topic, PUBSUB_ACCOUNT: config.pubSub.account }),
})
