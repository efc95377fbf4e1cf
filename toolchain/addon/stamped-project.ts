import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Addon, buildAddon } from '../build-addon.ts'

/** What stands in the repository's .clasp.json until somebody puts a script there. */
const NO_SCRIPT = 'stamped-by-npm-run-deploy'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The script id to push to. @throws Error that says how to get one */
export async function scriptIdOf(given: string | undefined): Promise<string> {
  const { scriptId } = JSON.parse(await readFile(join(ROOT, '.clasp.json'), 'utf8')) as { scriptId: string }
  const chosen = given ?? scriptId
  if (chosen === NO_SCRIPT)
    throw new Error(
      'Which Apps Script project? Give --script-id ID: it stands in the project settings of script.google.com, or write it into .clasp.json.',
    )
  if (!/^[\w-]{5,200}$/.test(chosen)) throw new Error(`"${chosen}" is not a script id.`)
  return chosen
}

/** A folder that holds exactly one deployable copy: manifest, bundle, and where they go. */
export async function stampedProject(folder: string, backendUrl: string, scriptId: string): Promise<Addon> {
  await rm(folder, { recursive: true, force: true })
  const addon = await buildAddon({ backendUrl, outDir: folder })
  await writeFile(join(folder, '.clasp.json'), `${JSON.stringify({ scriptId })}\n`)
  await writeFile(join(folder, '.claspignore'), '**/**\n!appsscript.json\n!Code.js\n')
  return addon
}
