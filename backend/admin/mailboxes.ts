import { type Command, InvalidArgumentError } from 'commander'
import type { Ctx } from '../context.ts'
import { checkMailboxes, type MailboxCheck, openMailbox, pauseMailbox } from '../features/intake/index.ts'
import { emailKey } from '../features/settings/index.ts'
import { inWorkspace } from '../platform/tenancy.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from './choosing.ts'
import { withDesk } from './desk.ts'
import { CommandRefused } from './failing.ts'
import { connect } from './mailbox/connect.ts'
import { reportSync } from './mailbox/sync-report.ts'
import { tellAll, tryWays } from './mailbox/trying.ts'
import { minute, printTable } from './table.ts'

export function mailboxCommands(program: Command): void {
  const mailbox = program.command('mailbox').description('shared addresses and the accounts they are read in')
  mailbox
    .command('connect')
    .argument('<support address>', 'the address customers write to, such as support@example.com')
    .description('gets access to the archive account, tests the ways in, and starts reading; repeat it to renew access')
    .option('-a, --archive <account>', 'the account to read; the one that signs in when left out')
    .option('--service-account <file>', 'JSON key with domain-wide delegation, instead of signing in')
    .option('--test-as <account>', "a colleague's account to send the test mails from (service account only)")
    .option('--no-test', 'connects without test mails')
    .option('--wait <seconds>', 'how long to wait for the test mails', wholeNumber, 300)
    .option(
      '--port <port>',
      'port on 127.0.0.1 that the browser comes back to; any free one when left out',
      wholeNumber,
      0,
    )
    .option('--history-days <days>', 'earlier mail to bring in as history (FIRST_SYNC_DAYS)', wholeNumber)
    .addOption(workspaceOption())
    .action(connect)
  const act = (name: string, description: string) =>
    mailbox.command(name).argument('[address]').description(description).addOption(workspaceOption())
  act('test', 'tests the ways into the archive again')
    .option('--wait <seconds>', 'how long to wait for the test mails', wholeNumber, 300)
    .action(test)
  act('check', 'reads it now and says what came of it').action(check)
  act('pause', 'stops reading it; nothing is lost').action((given, options) => setPaused(given, options, true))
  act('resume', 'goes on reading it').action((given, options) => setPaused(given, options, false))
  mailbox.command('list').description('all mailboxes').addOption(workspaceOption()).action(list)
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError('It must be a whole number up to 65535.')
  return number
}

const test = (given: string | undefined, { workspace, wait }: OfWorkspace & { wait: number }) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const { id: mailboxId, address, archiveAddress } = await chosenMailbox(ctx, id, given)
    const archive = await openMailbox(ctx, id, mailboxId)
    tellAll(await tryWays({ archive, account: archiveAddress, support: address, waitMs: wait * 1_000 }))
  })

const check = (given: string | undefined, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    await reportSync(ctx, id, (await chosenMailbox(ctx, id, given)).id)
  })

const setPaused = (given: string | undefined, { workspace }: OfWorkspace, paused: boolean) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const mailbox = await chosenMailbox(ctx, id, given)
    await pauseMailbox(ctx, id, mailbox.id, paused)
    console.log(paused ? `${mailbox.address} is paused: its mail waits in Gmail.` : `${mailbox.address} is read again.`)
  })

const list = ({ workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const mailboxes = await inWorkspace(ctx, id, checkMailboxes, { reads: true })
    const rows = mailboxes.map((mailbox) => [
      mailbox.address,
      mailbox.archiveAddress,
      STATE[mailbox.state],
      minute(mailbox.syncedAt),
      String(mailbox.waiting),
    ])
    printTable(['address', 'read in', 'state', 'last read', 'waiting'], rows, `No mailbox yet. ${CONNECT}`)
  })

const STATE = { connected: 'connected', needs_access: 'needs access: connect it again', paused: 'paused' } as const
const CONNECT = 'Connect one: npm run admin -- mailbox connect support@example.com'

/** The mailbox that is meant: by its shared address or its account, or the only one. */
async function chosenMailbox(ctx: Ctx, workspaceId: string, wanted: string | undefined): Promise<MailboxCheck> {
  const all = await inWorkspace(ctx, workspaceId, checkMailboxes, { reads: true })
  const found =
    wanted === undefined
      ? all
      : all.filter((mailbox) => [mailbox.address, mailbox.archiveAddress].includes(emailKey(wanted)))
  const [only] = found
  if (only && found.length === 1) return only
  if (all.length === 0) throw new CommandRefused(`No mailbox yet. ${CONNECT}`)
  const addresses = all.map(({ address, archiveAddress }) => `  ${address} (read in ${archiveAddress})`).join('\n')
  throw new CommandRefused(`Say which mailbox, by its address or its account:\n${addresses}`)
}
