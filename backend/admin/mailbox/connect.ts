import { z } from 'zod'
import { GMAIL_SCOPES, GmailAccessLost, type GmailMailbox } from '../../clients/gmail/index.ts'
import type { Ctx } from '../../context.ts'
import { connectMailbox } from '../../features/intake/index.ts'
import { domainOf, emailKey, findStaffByAddress } from '../../features/settings/index.ts'
import { newId } from '../../platform/ids.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { chosenWorkspace, type KnownWorkspace, type OfWorkspace } from '../choosing.ts'
import { withDesk } from '../desk.ts'
import { CommandRefused } from '../failing.ts'
import { aliasProblem } from './alias.ts'
import { askForConsent } from './consent.ts'
import { readServiceAccount } from './service-account.ts'
import { reportSync } from './sync-report.ts'
import { tellAll, tryWays } from './trying.ts'

export type Connect = OfWorkspace & {
  archive?: string
  serviceAccount?: string
  testAs?: string
  test: boolean
  port: number
  wait: number
  historyDays?: number
}

type Grant = { access: 'refresh_token' | 'service_account'; secret: string }

/** From nothing to a mailbox that is read: access, alias, test mails, first sync; each step says what it found. */
export const connect = (given: string, options: Connect): Promise<void> =>
  withDesk(async (ctx) => {
    const workspace = await chosenWorkspace(ctx, options.workspace)
    const address = supportAddress(given, workspace)
    const grant = await grantFor(ctx, options)
    const { gmail, account } = await provedAccess(ctx, grant, options.archive)
    await sayWhoseAccount(ctx, workspace, account)
    const problem = aliasProblem(await gmail.sendAs(), address, account)
    console.log(problem ? `Problem: ${problem.says}\n  ${problem.todo}` : `It may send as ${address}.`)
    if (problem) process.exitCode = 1

    const agent = options.testAs === undefined ? undefined : mailboxOf(ctx, grant, options.testAs)
    const test = { archive: gmail, account, support: address, waitMs: options.wait * 1_000 }
    if (options.test && agent) tellAll(await tryWays({ ...test, agent })) // before it is read, so that no test becomes a ticket
    const { historyDays } = options
    const { mailboxId } = await connectMailbox(ctx, workspace.id, {
      address,
      archiveAddress: account,
      ...grant,
      ...(historyDays !== undefined && { historyDays }),
    })
    console.log(`\nConnected: ${address} is read in ${account} (mailbox ${mailboxId}).`)
    if (options.test && !agent) tellAll(await tryWays(test))
    await reportSync(ctx, workspace.id, mailboxId)
  })

function supportAddress(given: string, { domains, name }: KnownWorkspace): string {
  const address = emailKey(given)
  if (!z.email().safeParse(address).success) throw new CommandRefused(`${given} is not a mail address.`)
  if (address.includes('+')) throw new CommandRefused('Give the shared address itself, without a plus tag.')
  if (!domains.includes(domainOf(address)))
    throw new CommandRefused(
      `${domainOf(address)} is not a domain of ${name}. First: npm run admin -- domain add ${domainOf(address)}`,
    )
  return address
}

async function grantFor(ctx: Ctx, { serviceAccount, archive, testAs, port }: Connect): Promise<Grant> {
  if (serviceAccount === undefined && testAs !== undefined)
    throw new CommandRefused('--test-as sends as a colleague, which only a service account may do (--service-account).')
  if (serviceAccount === undefined)
    return { access: 'refresh_token', secret: await askForConsent(ctx.config.google, port, archive) }
  if (archive === undefined)
    throw new CommandRefused('With --service-account say which account to read: --archive archive@example.com')
  return { access: 'service_account', secret: await readServiceAccount(serviceAccount) }
}

const mailboxOf = (ctx: Ctx, grant: Grant, address: string): { gmail: GmailMailbox; address: string } => ({
  gmail: ctx.gmail.mailbox({ mailboxId: newId(), address: emailKey(address), ...grant }),
  address: emailKey(address),
})

async function provedAccess(
  ctx: Ctx,
  grant: Grant,
  archive: string | undefined,
): Promise<{ gmail: GmailMailbox; account: string }> {
  const { gmail } = mailboxOf(ctx, grant, archive ?? '')
  const { emailAddress } = await gmail.profile().catch((error: unknown) => {
    throw error instanceof GmailAccessLost && grant.access === 'service_account' ? notDelegated(grant, archive) : error
  })
  const account = emailKey(emailAddress)
  if (archive !== undefined && account !== emailKey(archive))
    throw new CommandRefused(
      `You signed in as ${account}, not as ${archive}. Start again and choose the archive account.`,
    )
  console.log(`\nAccess to ${account} works.`)
  return { gmail, account }
}

function notDelegated({ secret }: Grant, archive: string | undefined): CommandRefused {
  const { client_id: id } = z.object({ client_id: z.string().default('of this key') }).parse(JSON.parse(secret))
  return new CommandRefused(
    `Google does not let this service account read ${archive}. Is the account right? In the Admin console, Security > API controls > Domain-wide delegation, the client ${id} needs exactly these scopes:\n${GMAIL_SCOPES.map((scope) => `  ${scope}`).join('\n')}\nA change there takes some minutes.`,
  )
}

async function sayWhoseAccount(ctx: Ctx, { id }: KnownWorkspace, account: string): Promise<void> {
  const staff = await inWorkspace(ctx, id, (tx) => findStaffByAddress(tx, account), { reads: true })
  if (staff)
    console.log(
      `Careful: ${account} is ${staff.name}'s own account, so all of their mail becomes tickets. Better is an account that only receives support mail.`,
    )
}
