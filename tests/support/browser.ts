import { type Browser, chromium } from 'playwright-core'
import { packagedChromium } from './chromium.ts'

/** How long a page may take for one thing: on a slow machine that others use, too, working must not look like hanging. */
export const PATIENCE_MS = 110_000

/**
 * A headless Chromium: the one that CHROME_PATH names, else the one that npm brought. The caller closes it.
 * It has its own fonts, so that a screenshot looks the same on every machine.
 */
export async function launchBrowser(): Promise<Browser> {
  const chosen = process.env['CHROME_PATH']
  if (chosen) return launch({ executablePath: chosen, env: plainEnvironment() }, `CHROME_PATH=${chosen}`)
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No Chromium is packaged for ${process.platform}-${process.arch}: set CHROME_PATH to a Chrome or Chromium.`,
    )
  }
  return launch(await packagedChromium(), 'the packaged Chromium')
}

interface Program {
  executablePath: string
  env: Record<string, string>
}

async function launch(program: Program, name: string): Promise<Browser> {
  try {
    return await chromium.launch({ ...program, args: ['--no-sandbox'], headless: true })
  } catch (cause) {
    throw new Error(`${name} does not run on this machine. Set CHROME_PATH to a Chrome or Chromium that does.`, {
      cause,
    })
  }
}

const plainEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
