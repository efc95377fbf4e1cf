import { type Command, Option } from 'commander'
import { KEY_SCOPES, type KeyScope } from '../../shared/roles.ts'
import { apiKeysOf, createApiKey, revokeApiKey } from '../features/settings/index.ts'
import { systemOf } from '../platform/actor.ts'
import { inWorkspace } from '../platform/tenancy.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from './choosing.ts'
import { withDesk } from './desk.ts'
import { CommandRefused } from './failing.ts'
import { minute, printTable } from './table.ts'

export function keyCommands(program: Command): void {
  const key = program.command('key').description('API keys for other programs')
  key
    .command('create')
    .argument('<name>', 'what it is for')
    .description('makes a key and shows it once')
    .addOption(new Option('-s, --scope <scopes...>', 'what it may do').choices(KEY_SCOPES).default(['tickets:read']))
    .addOption(workspaceOption())
    .action(create)
  key.command('revoke').argument('<id>').description('ends a key at once').addOption(workspaceOption()).action(revoke)
  key.command('list').description('all keys, never their text').addOption(workspaceOption()).action(list)
}

const create = (name: string, { workspace, scope }: OfWorkspace & { scope: KeyScope[] }) =>
  withDesk(async (ctx) => {
    const { id: workspaceId } = await chosenWorkspace(ctx, workspace)
    if (name.trim() === '') throw new CommandRefused('Say what the key is for.')
    const { id, key } = await createApiKey(
      ctx,
      workspaceId,
      { name: name.trim(), scopes: [...new Set(scope)] },
      systemOf(workspaceId),
    )
    console.error(`Key ${id}. Keep it now: it is not shown again, and only its hash is stored.`)
    console.log(key)
  })

const revoke = (id: string, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id: workspaceId } = await chosenWorkspace(ctx, workspace)
    if (!UUID.test(id)) throw new CommandRefused('A key is revoked by its id: npm run admin -- key list')
    await revokeApiKey(ctx, workspaceId, id, systemOf(workspaceId))
    console.log(`Key ${id} opens nothing any more.`)
  })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const list = ({ workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const keys = await inWorkspace(ctx, id, apiKeysOf, { reads: true })
    const rows = keys.map((key) => [
      key.id,
      key.name,
      key.scopes.join(' '),
      minute(key.createdAt),
      key.usedAt ? minute(key.usedAt) : 'never',
      stateOf(key),
    ])
    printTable(['id', 'name', 'scopes', 'created', 'used', 'state'], rows, 'There is no key.')
  })

function stateOf({ revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date | null }): string {
  if (revokedAt) return `revoked ${minute(revokedAt)}`
  return expiresAt ? `in use until ${minute(expiresAt)}` : 'in use'
}
