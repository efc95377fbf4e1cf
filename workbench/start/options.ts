import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Unfit } from './unfit.ts'

export const SCENARIOS = ['busy-day', 'a-year'] as const
export type Scenario = (typeof SCENARIOS)[number]

export interface Options {
  port: number
  mail: string[]
  scenario?: Scenario
}

export const DEFAULT_PORT = 4600

/** What was written after `npm start --`. */
export function optionsIn(args: string[]): Options {
  const { mail = [], port = String(DEFAULT_PORT), scenario } = parsed(args)
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw new Unfit(`--port takes a number up to 65535, not "${port}".`)
  const folders = mail.map((folder) => resolve(folder))
  for (const folder of folders) {
    if (!statSync(folder, { throwIfNoEntry: false }))
      throw new Unfit(`--mail ${folder}: there is nothing of that name.`)
  }
  const known = SCENARIOS.find((name) => name === scenario)
  if (scenario !== undefined && !known)
    throw new Unfit(`There is no scenario "${scenario}". There is: ${SCENARIOS.join(', ')}.`)
  return { port: Number(port), mail: folders, ...(known && { scenario: known }) }
}

function parsed(args: string[]) {
  try {
    const options = {
      mail: { type: 'string', multiple: true },
      port: { type: 'string' },
      scenario: { type: 'string' },
    } as const
    return parseArgs({ args, options }).values
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new Unfit(`${said}\nUse: npm start [-- --mail FOLDER] [--port NUMBER] [--scenario busy-day|a-year]`, {
      cause,
    })
  }
}
