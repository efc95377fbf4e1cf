import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { clasp } from './addon/clasp.ts'
import { scriptIdOf, stampedProject } from './addon/stamped-project.ts'
import { originOf } from './build-addon.ts'

const USAGE = `npm run deploy -- --backend https://desk.example.com [--script-id ID] [--dry-run]

Builds the add-on for this backend into dist/deploy/ and pushes it to the Apps Script project.
  --backend     https address of the backend, without a path; the only address the add-on may call
  --script-id   the Apps Script project; the one in .clasp.json unless given
  --dry-run     builds and shows what would be pushed, and pushes nothing`

const FOLDER = fileURLToPath(new URL('../dist/deploy', import.meta.url))

try {
  await deploy()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function deploy(): Promise<void> {
  const { backend, scriptId, dryRun } = options()
  const { code } = await stampedProject(FOLDER, backend, await scriptIdOf(dryRun ? (scriptId ?? 'dry-run') : scriptId))
  const files = await filesToPush()
  console.log(
    `${join('dist', 'deploy')}: ${files.join(', ')} (${(Buffer.byteLength(code) / 1_000).toFixed(1)} kB) for ${backend}`,
  )
  if (dryRun) return console.log('Nothing was pushed (--dry-run).')
  await requireLogin()
  const { code: exit, said } = await clasp(FOLDER, ['push', '-f']) // without -f a changed manifest is skipped and counts as success
  if (exit !== 0) throw new Error(`clasp could not push:\n${said}${hintFor(said)}`)
  console.log(
    `${said}\nPushed. Test it with Deploy > Test deployments in the script editor; publish by a new version of the same deployment.`,
  )
}

function options() {
  const { values } = parseArgs({
    options: {
      backend: { type: 'string' },
      'script-id': { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
    },
  })
  if (!values.backend) throw new Error(USAGE)
  return { backend: originOf(values.backend), scriptId: values['script-id'], dryRun: values['dry-run'] }
}

async function filesToPush(): Promise<string[]> {
  const { code, said } = await clasp(FOLDER, ['show-file-status', '--json'])
  if (code !== 0) throw new Error(`clasp could not read ${FOLDER}:\n${said}`)
  return (JSON.parse(said) as { filesToPush: string[] }).filesToPush
}

async function requireLogin(): Promise<void> {
  const { said } = await clasp(FOLDER, ['show-authorized-user', '--json'])
  if (/"loggedIn":\s*false/.test(said))
    throw new Error(
      'You are not logged in to Google. Run `npx clasp login` as an editor of the script, then deploy again.',
    )
}

const hintFor = (said: string) =>
  /Apps Script API/i.test(said)
    ? '\nTurn the Apps Script API on at https://script.google.com/home/usersettings, wait a minute and try again.'
    : ''
