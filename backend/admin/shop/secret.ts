import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { CommandRefused } from '../failing.ts'

const VARIABLE = 'SHOP_CLIENT_SECRET'

/**
 * The app's client secret: from the environment, from what is piped in, or typed without being shown. Never an argument, because every
 * user of a machine sees the arguments of its processes.
 */
export async function askForSecret(): Promise<string> {
  const given = process.env[VARIABLE] ?? (process.stdin.isTTY ? await typed() : await text(process.stdin))
  const secret = given.trim()
  if (secret !== '') return secret
  throw new CommandRefused(
    `The app's client secret is missing. Type it when asked, pipe it in, or set ${VARIABLE} for this one command.`,
  )
}

async function typed(): Promise<string> {
  process.stderr.write('Client secret of the app (it is not shown): ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await lines.question('')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
