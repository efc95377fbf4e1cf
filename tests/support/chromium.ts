import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url))

/** The Chromium of npm with its own libraries and fonts, unpacked (210 MB) on first use into node_modules/.cache. */
export async function packagedChromium(): Promise<{ executablePath: string; env: Record<string, string> }> {
  const { version } = JSON.parse(readFileSync(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8')) as {
    version: string
  }
  const folder = join(MODULES, `.cache/chromium-${version}`)
  if (!existsSync(folder)) await unpackInto(folder)
  else if (readFileSync(join(folder, FONTS), 'utf8') !== fontConfiguration(folder))
    writeFileSync(join(folder, FONTS), fontConfiguration(folder)) // the tree was moved; without fonts no page has a letter
  return { executablePath: join(folder, 'chromium'), env: environment(folder) }
}

/** Unpacked aside and renamed, so that two test files that start at once never see half of it. */
async function unpackInto(folder: string) {
  const half = `${folder}.${process.pid}`
  mkdirSync(half, { recursive: true })
  const program = `import chromium from '@sparticuz/chromium'; await chromium.executablePath()`
  await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: MODULES,
    // The package unpacks into the temporary folder, and its libraries only when it believes to be on AWS.
    env: { PATH: process.env['PATH'] ?? '', HOME: half, TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  })
  writeFileSync(join(half, FONTS), fontConfiguration(folder))
  try {
    renameSync(half, folder)
  } catch (error) {
    rmSync(half, { recursive: true })
    if (!existsSync(folder)) throw error
  }
}

const FONTS = 'sidedesk-fonts.conf'

/** The package's own file looks for its fonts in /tmp only. */
const fontConfiguration = (folder: string) =>
  `<?xml version="1.0"?><fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`

function environment(folder: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
    FONTCONFIG_FILE: join(folder, FONTS),
  }
}
