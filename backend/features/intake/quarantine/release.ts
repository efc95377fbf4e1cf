import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
/** A mail may fail anywhere on its way: in what reads it, in what makes a ticket of it, in a statement or a trigger. */
const FOLDERS = ['backend', 'shared', 'prisma/migrations']
/** Made of the others. */
const MADE = join('backend', 'generated')

let known: Promise<string> | undefined

/** This version of the desk, as a short hash of its code, of the database's and of the libraries: another one may file what this one cannot. */
export function releaseHere(): Promise<string> {
  known ??= releaseOf(ROOT)
  known.catch(() => (known = undefined)) // a folder that is being replaced: asked again it is there
  return known
}

/** The same of the code in a folder. */
export async function releaseOf(root: string): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const path of [
    'package-lock.json',
    ...(await Promise.all(FOLDERS.map((folder) => sources(root, folder)))).flat(),
  ])
    hash.update(path).update(await readFile(join(root, path)))
  return hash.digest('hex').slice(0, 12)
}

async function sources(root: string, folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true })
  return names
    .map((name) => join(folder, name))
    .filter((path) => /\.(ts|sql)$/.test(path) && !path.endsWith('.test.ts') && !path.startsWith(MADE))
    .toSorted()
}
