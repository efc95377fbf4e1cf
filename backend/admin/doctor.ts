import type { Command } from 'commander'
import { ConfigRefused } from '../config.ts'
import type { Ctx } from '../context.ts'
import { allWorkspaces } from './choosing.ts'
import { withContext } from './desk.ts'
import { type Check, problem, several } from './doctor/check.ts'
import { checkConfiguration } from './doctor/configuration.ts'
import { checkDatabase } from './doctor/database.ts'
import { checkWorkspaceMailboxes } from './doctor/mailboxes.ts'
import { checkNetwork } from './doctor/network.ts'
import { checkWorkspace } from './doctor/people.ts'
import { printChecks } from './doctor/printing.ts'
import { checkQueue } from './doctor/queue.ts'
import { checkWorkspaceShops } from './doctor/shops.ts'
import { checkStorage } from './doctor/storage.ts'

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('says why no tickets appear: looks at everything between a mail and its card; changes nothing')
    .option('--json', 'for programs: {problems, checks}')
    .action(doctor)
}

async function doctor({ json }: { json?: true }): Promise<void> {
  const checks = await examined()
  const problems = checks.filter(({ state }) => state === 'problem').length
  if (json) console.log(JSON.stringify({ problems, checks }, null, 2))
  else print(checks, problems)
  if (problems > 0) process.exitCode = 1
}

async function examined(): Promise<Check[]> {
  const checks: Check[] = []
  try {
    await withContext(async (ctx) => {
      checks.push(...(await examine(ctx)))
    })
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error
    checks.push(problem('configuration', error.message, 'docs/guides/deployment.md says what each variable means.'))
  }
  return checks
}

async function examine(ctx: Ctx): Promise<Check[]> {
  const database = await checkDatabase(ctx)
  const [network, storage, inside] = await Promise.all([
    checkNetwork(ctx),
    checkStorage(ctx),
    database.some(({ about, state }) => about === 'database' && state === 'problem') ? [] : examineInside(ctx),
  ])
  return [...checkConfiguration(ctx), ...database, ...storage, ...network, ...inside]
}

async function examineInside(ctx: Ctx): Promise<Check[]> {
  const queue = await checkQueue(ctx)
  const workspaces = await allWorkspaces(ctx)
  if (workspaces.length === 0)
    return [
      ...queue,
      problem('workspace', 'There is no workspace.', 'npm run admin -- workspace create "Your company"'),
    ]
  const checks = queue
  for (const workspace of workspaces) {
    const found = [
      ...(await checkWorkspace(ctx, workspace)),
      ...(await checkWorkspaceMailboxes(ctx, workspace)),
      ...(await checkWorkspaceShops(ctx, workspace)),
    ]
    const named = found.map((one) => ({ ...one, about: `${workspace.name}: ${one.about}` }))
    checks.push(...(workspaces.length === 1 ? found : named))
  }
  return checks
}

function print(checks: readonly Check[], problems: number): void {
  printChecks(checks)
  console.log(
    problems === 0
      ? '\nNo problem found. If a mail is still missing: docs/runbooks/no-tickets.md'
      : `\n${several(problems, 'problem')} found. More help: docs/runbooks/no-tickets.md`,
  )
}
