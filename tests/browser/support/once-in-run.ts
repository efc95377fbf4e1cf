import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runFolder } from '../../support/test-server.ts'
import { until } from '../../support/until.ts'

/**
 * A folder that is made once in a run and copied by whoever needs one like it. Three processes may ask at once; one makes it and the
 * others wait. Whoever fails leaves it to the next.
 * @param make fills the folder, which does not exist yet
 */
export async function onceInRun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(runFolder(), name)
  const [making, made] = [`${folder}.making`, `${folder}.made`]
  while (!existsSync(made)) {
    if (isFirst(making)) await makeIn(folder, { making, made }, make)
    else await until(`the ${name} of this run`, () => existsSync(made) || !existsSync(making), { seconds: 220 })
  }
  return folder
}

async function makeIn(
  folder: string,
  { making, made }: { making: string; made: string },
  make: (folder: string) => Promise<void>,
): Promise<void> {
  try {
    rmSync(folder, { recursive: true, force: true })
    await make(folder)
    writeFileSync(made, '')
  } finally {
    rmSync(making, { recursive: true })
  }
}

function isFirst(making: string): boolean {
  try {
    mkdirSync(making)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
