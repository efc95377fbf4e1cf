import type { GmailMailbox } from '../../clients/gmail/index.ts'
import { beginTrial, type Path, sendTrial, type Trial, watchTrial } from './trial.ts'

export type Trying = {
  archive: GmailMailbox
  account: string
  support: string
  waitMs: number
  /** A colleague's account to send from; a person does it when left out. */
  agent?: { gmail: GmailMailbox; address: string }
}

/** One thing the test showed. */
export type Finding = { ok: boolean; says: string; todo?: string }

/**
 * Sends test mails and waits until they are in the archive. The archive's own mail proves the alias and that the addresses exist;
 * only somebody else's mail proves the way in, because Gmail never shows a group member their own mail again (facts/mail.md section 3.4).
 */
export async function tryWays({ archive, account, support, waitMs, agent }: Trying): Promise<Finding[]> {
  const trial = await beginTrial(archive, support)
  console.log(`\nTesting: ${account} writes to ${trial.plain.address} and to ${trial.plus.address} ...`)
  await sendTrial(archive, support, trial)
  await watchTrial(archive, trial, 0, tell)
  if (agent) {
    console.log(`${agent.address} writes to both ...`)
    await sendTrial(agent.gmail, agent.address, trial)
  } else askPerson(trial, waitMs)
  await watchTrial(archive, trial, Date.now() + waitMs, tell)
  return findings(trial, account, waitMs)
}

function askPerson({ plain, plus }: Trial, waitMs: number): void {
  if (waitMs === 0) return
  console.log(`\nNow write two mails as a customer would, best from a private account (waiting ${waitMs / 1_000} s):`)
  console.log(`  1. to ${plain.address}, with this word in the subject: ${plain.code}`)
  console.log(`  2. to ${plus.address}, any subject`)
  console.log('The first one is your first ticket. Ctrl-C ends the waiting; nothing is lost by it.\n')
}

const tell = ({ address, state }: Path) => console.log(`  ${address}: ${state === 'spam' ? 'arrived, as spam' : state}`)

function findings({ plain, plus, support, aliasKept }: Trial, account: string, waitMs: number): Finding[] {
  return [
    plainFinding(plain, account, waitMs),
    plusFinding(plus, plain, waitMs),
    aliasFinding(aliasKept, support, account),
  ].filter((finding) => finding !== null)
}

function plainFinding({ address, state }: Path, account: string, waitMs: number): Finding | null {
  if (state === 'arrived') return { ok: true, says: `Mail to ${address} reaches ${account}.` }
  if (state === 'bounced')
    return {
      ok: false,
      says: `Nobody has the address ${address}.`,
      todo: `Make the Google Group ${address} in the Admin console.`,
    }
  if (state === 'spam')
    return {
      ok: false,
      says: `Mail to ${address} reaches ${account}, but as spam, and spam makes no ticket.`,
      todo: `In Gmail of ${account} make a filter for to:${address} with "Never send it to Spam".`,
    }
  if (waitMs === 0) return null
  return {
    ok: false,
    says: `Nothing that was sent to ${address} reached ${account} within ${waitMs / 1_000} s.`,
    todo: `If the mail was sent: the Group does not deliver to the archive. Make ${account} a member of ${address} with the subscription "Each email", allow "Anyone on the web" to post, and look whether the Group holds mail for moderation. Then: npm run admin -- mailbox test`,
  }
}

function plusFinding({ address, state }: Path, plain: Path, waitMs: number): Finding | null {
  const lost = 'Answers are then matched by their References only, which some mail programs drop.'
  if (state === 'arrived' || state === 'spam')
    return { ok: true, says: `Plus addresses like ${address} arrive as well.` }
  if (plain.state === 'bounced') return null
  if (state === 'bounced')
    return { ok: false, says: `Plus addressing is refused: mail to ${address} comes back. ${lost}`, todo: PLUS }
  if (plain.state === 'waiting' || waitMs === 0) return null
  return { ok: false, says: `Mail to ${address} did not arrive within ${waitMs / 1_000} s. ${lost}`, todo: PLUS }
}

const PLUS =
  'Sidedesk works without it. To have it, make the shared address a user alias of the archive, which takes plus tags.'

function aliasFinding(kept: boolean | null, support: string, account: string): Finding | null {
  if (kept !== false) return null
  return {
    ok: false,
    says: `Gmail replaced the sender ${support} by another address: customers would see that one.`,
    todo: `Add and verify the alias in Gmail of ${account}: Settings > Accounts > "Send mail as".`,
  }
}

/** Prints what was found; a problem makes the command end with 1. */
export function tellAll(found: readonly Finding[]): void {
  for (const { ok, says, todo } of found)
    console.log(`${ok ? 'Works:  ' : 'Problem:'} ${says}${todo ? `\n  ${todo}` : ''}`)
  if (found.some(({ ok }) => !ok)) process.exitCode = 1
}
