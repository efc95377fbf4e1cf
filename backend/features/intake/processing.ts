import type { FileSettings } from '../../../shared/files.ts'
import { ObjectMissing } from '../../clients/objects/index.ts'
import type { Ctx } from '../../context.ts'
import { isDatabaseAway } from '../../platform/database-errors.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Box } from '../../platform/keyring.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { markReachable } from '../customers/index.ts'
import { fileSettingsIn, releaseFiles } from '../files/index.ts'
import { threadingSettingsIn } from '../threading/index.ts'
import { forgottenAmong, namedAmong } from '../tickets/index.ts'
import type { Desk, Ending } from './desk.ts'
import { endRows, failRow } from './ending.ts'
import { fetchAgain } from './fetching-again.ts'
import { answersAmong, fileAnswering } from './filing-answers.ts'
import { fileNew, newMailsAmong } from './filing-new.ts'
import { forgetMails } from './forgetting-raw.ts'
import { noteQueued } from './gmail-queue/due.ts'
import { type House, houseOf } from './house.ts'
import { ignoredAmong } from './ignoring/matching.ts'
import { lateMails } from './late-mails.ts'
import { rulesFor } from './mail-rules/applying.ts'
import { type Attempt, prepareAll } from './preparing.ts'
import { settleRetried } from './quarantine/retrying.ts'
import { NOTHING_REACHED, reachedBy, type WaitingMail, waitingAfter, waitingIn } from './reading.ts'
import { heardAmong } from './returned/hearing.ts'
import { knownAmong, rememberKnown } from './trust/known-senders.ts'
import { teamNamesOf } from './trust/team-names.ts'
import { FORGOTTEN, isYoung, keysOfAttempt, ownKeyOf, provenIn, tryToFile, writersOf } from './trying.ts'

type Filing = {
  ctx: Ctx
  workspaceId: string
  mailboxId: string
  box: Box
  /** Of attachments. */
  limits: FileSettings
  house: House
  historyCounted: boolean
  oldMs: number
  /** Names of the team, as people read them. */
  teamNames: ReadonlySet<string>
  /** How often each mail failed in this run. */
  failures: Map<string, number>
  /** What each of them threw last. */
  errors: Map<string, unknown>
}

/** `again`: something failed that is tried once more at once; `later`: something needs a pause. */
type Result = 'filed' | 'again' | 'later'

/**
 * Files everything that waits in one mailbox, in order. A mail that fails is tried again after the others, then quarantined; one
 * that fails for want of a disk or a database stays on the list, and the poll of the next minute comes back for it.
 */
export async function processMails(ctx: Ctx, workspaceId: string, mailboxId: string): Promise<void> {
  const begun = await inWorkspace(ctx, workspaceId, (tx) => begin(ctx, tx, mailboxId), { reads: true, byKeys: true })
  if (begun === null) return
  const { filing, waiting } = begun
  let result = await processRound(filing, waiting)
  for (let round = 1; result === 'again' && round < ROUNDS; round++)
    result = await processRound(filing, await waitingAfter(ctx, workspaceId, mailboxId, NOTHING_REACHED))
  if (result === 'again') throw new DeskError('unavailable', 'Some mails cannot be filed right now; the others are.')
}

const DAY_MS = 86_400_000

/** Three failures, a quarantine, and one more for what came meanwhile. */
const ROUNDS = 5

/** @returns null when nothing waits: each stored batch plans a filing, and one of them often files all */
async function begin(ctx: Ctx, tx: Tx, mailboxId: string): Promise<{ filing: Filing; waiting: WaitingMail[] } | null> {
  const waiting = await waitingIn(tx, mailboxId, NOTHING_REACHED)
  if (waiting.length === 0) return null
  const filing = {
    ctx,
    workspaceId: tx.workspaceId,
    mailboxId,
    box: await ctx.keyring.box(tx),
    limits: await fileSettingsIn(tx),
    house: await houseOf(tx),
    historyCounted: await historyCounts(tx, mailboxId),
    oldMs: (await threadingSettingsIn(tx)).oldDays * DAY_MS,
    teamNames: await teamNamesOf(tx),
    failures: new Map(),
    errors: new Map(),
  }
  return { filing, waiting }
}

async function historyCounts(tx: Tx, id: string): Promise<boolean> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  return (await tx.mailbox.findUniqueOrThrow({ where, select: { historyCounted: true } })).historyCounted
}

/**
 * One pass over the work list: a batch is filed while the next one is parsed. What takes long to read is filed when it is read, and what
 * comes out of quarantine when nothing else is there to do: it broke its limits before, and may do so again.
 */
async function processRound(filing: Filing, first: WaitingMail[]): Promise<Result> {
  const { ctx, workspaceId, mailboxId } = filing
  const late = lateMails()
  const retried: WaitingMail[] = []
  let reached = NOTHING_REACHED
  const prepare = async (found: WaitingMail[]) => {
    reached = reachedBy(reached, found)
    retried.push(...found.filter((mail) => mail.retried))
    const fresh = found.filter((mail) => !mail.retried)
    const waiting = fresh.length === 0 && late.isOver() ? retried.splice(0, RETRIED_AT_A_TIME) : fresh
    return [...late.take(), ...(await prepareAll(ctx, workspaceId, filing, waiting, late))]
  }
  const results: Result[] = []
  for (let batch = await prepare(first); batch.length > 0 || retried.length > 0 || !late.isOver(); ) {
    if (batch.length === 0 && !late.isOver()) await late.moment()
    const next = async () => prepare(await waitingAfter(ctx, workspaceId, mailboxId, reached))
    const [filed, after] = await Promise.all([fileBatch(filing, batch), next()])
    results.push(filed)
    batch = after
  }
  return worst(results)
}

const RETRIED_AT_A_TIME = 2

const worst = (results: readonly Result[]): Result =>
  results.includes('again') ? 'again' : results.includes('later') ? 'later' : 'filed'

/** All in one transaction, which is quick; when that fails, each in its own, so that a bad mail stops no other. */
async function fileBatch(filing: Filing, batch: Attempt[]): Promise<Result> {
  if (batch.length === 0) return 'filed'
  if (batch.every(({ kind }) => kind === 'parsed')) {
    const filed = await write(filing, batch).catch((error: unknown) => {
      filing.ctx.log.info({ err: error, mails: batch.length }, 'a batch of mails is filed one by one')
      return null
    })
    if (filed) return filed
  }
  const results: Result[] = []
  for (const attempt of batch) results.push(await fileAlone(filing, attempt))
  return worst(results)
}

async function fileAlone(filing: Filing, attempt: Attempt): Promise<Result> {
  const { ctx, workspaceId, mailboxId, failures } = filing
  const { gmailId } = attempt.waiting
  if (await isFetchedAgain(filing, attempt)) return 'later'
  try {
    return await write(filing, [attempt])
  } catch (error) {
    const waits = attempt.kind === 'failed' || (isDatabaseAway(error) && isYoung(attempt.waiting, ctx.clock.now()))
    const times = (failures.get(gmailId) ?? 0) + (waits ? 0 : 1)
    failures.set(gmailId, times)
    filing.errors.set(gmailId, error)
    ctx.log.warn({ err: error, gmailId, times, waits }, 'a mail could not be filed')
    await inWorkspace(ctx, workspaceId, (tx) => failRow(tx, mailboxId, gmailId))
    return waits ? 'later' : 'again'
  }
}

/** Whether a mail has lost its bytes and comes from Gmail once more, however long it has waited: nothing is to be blamed on it before. */
async function isFetchedAgain(filing: Filing, attempt: Attempt): Promise<boolean> {
  if (attempt.kind !== 'failed' || !(attempt.error instanceof ObjectMissing)) return false
  const { ctx } = filing
  if (!(await fetchAgain(ctx, filing, attempt.waiting))) return false
  const about = { err: attempt.error, gmailId: attempt.waiting.gmailId }
  ctx.log.warn(about, 'the bytes of a mail are not in the store any more, and are fetched again')
  return true
}

/** Files mails in one transaction, and writes how each of them ended. */
async function write(filing: Filing, attempts: readonly Attempt[]): Promise<Result> {
  const ends = await inWorkspace(
    filing.ctx,
    filing.workspaceId,
    async (tx) => {
      const named = await namedAmong(tx, attempts.flatMap(keysOfAttempt))
      const writers = attempts.flatMap((attempt) => writersOf(attempt, filing.house))
      const ignored = await ignoredAmong(tx, writers)
      const mailRules = await rulesFor(tx, filing.mailboxId, attempts)
      const imitated = { teamNames: filing.teamNames, knownSenders: await knownAmong(tx, writers) }
      const forgotten = await forgottenAmong(tx, filing.box, attempts.flatMap(ownKeyOf))
      const desk: Desk = { ...filing, tx, forgotten, named, filed: new Map(), ignored, mailRules, imitated }
      const endings = await fileInOrder(desk, attempts, filing.failures)
      await endRows(
        tx,
        filing.mailboxId,
        endings.map((ending, n) => ({ gmailId: attempts[n]?.waiting.gmailId ?? '', ending })),
      )
      await noteQueued(
        tx,
        filing.mailboxId,
        endings.flatMap(({ messageId }) => messageId ?? []),
      )
      await forgetAgain(tx, filing.mailboxId, attempts, endings)
      await releaseUnfiled(tx, attempts, endings)
      await markReachable(tx, heardAmong(filing.house, attempts, endings))
      await rememberKnown(
        tx,
        attempts.map((attempt, n) => (endings[n]?.reason === FORGOTTEN ? null : provenIn(attempt, filing.house))),
      )
      await settleRetried(
        tx,
        filing.mailboxId,
        attempts.flatMap(({ waiting: { gmailId, retried } }, n) =>
          retried && endings[n]?.outcome !== 'quarantined' ? [gmailId] : [],
        ),
      )
      return endings
    },
    { byKeys: true },
  )
  for (const { outcome } of ends) filing.ctx.metrics.mails.inc({ outcome })
  return 'filed'
}

/** What was forgotten and came again with a reading of the mailbox does not even keep its bytes. */
async function forgetAgain(tx: Tx, mailboxId: string, attempts: readonly Attempt[], endings: readonly Ending[]) {
  const again = attempts.filter((_, n) => endings[n]?.reason === FORGOTTEN)
  await forgetMails(
    tx,
    again.map(({ waiting: { gmailId } }) => ({ mailboxId, gmailId })),
    false,
  )
}

/** Files of a mail that no message came of: nothing names them, and whoever makes a ticket of it reads it anew. */
async function releaseUnfiled(tx: Tx, attempts: readonly Attempt[], endings: readonly Ending[]) {
  const unfiled = attempts.filter((_, n) => !FILED.includes(endings[n]?.outcome ?? ''))
  const files = unfiled.flatMap((attempt) => (attempt.kind === 'parsed' ? attempt.attachments : []))
  await releaseFiles(
    tx,
    files.flatMap(({ file }) => (file.fresh ? file.id : [])),
  )
}

const FILED: readonly string[] = ['ticket', 'joined']

/**
 * New mails are filed together, also those between which answers stand, and then answers on different tickets; all others one after
 * another. What has to do with each other is filed in the order in which it came.
 */
async function fileInOrder(desk: Desk, attempts: readonly Attempt[], failures: Filing['failures']): Promise<Ending[]> {
  const endings = new Map<Attempt, Ending>()
  const alone = new Set<Attempt>()
  for (let left = attempts; left[0]; left = left.filter((attempt) => !endings.has(attempt))) {
    const [first] = left
    const tried = left.findIndex(({ waiting }) => failures.has(waiting.gmailId))
    const untried = tried < 0 ? left : left.slice(0, tried)
    const filed = await fileTogether(desk, untried, { passing: left === attempts, alone })
    if (!filed.has(first) && (filed.size === 0 || left !== attempts))
      filed.set(first, await tryToFile(desk, first, failures.get(first.waiting.gmailId) ?? 0))
    for (const [attempt, ending] of filed) {
      endings.set(attempt, ending)
      remember(desk, attempt, ending)
    }
  }
  return attempts.flatMap((attempt) => endings.get(attempt) ?? [])
}

/** `passing`: whether new mails are looked for behind others; `alone`: answers of which it is known by now that they are filed by themselves. */
type Looking = { passing: boolean; alone: Set<Attempt> }

async function fileTogether(
  desk: Desk,
  attempts: readonly Attempt[],
  { passing, alone }: Looking,
): Promise<Map<Attempt, Ending>> {
  const mails = newMailsAmong(desk, attempts, passing)
  if (mails.length > 0) {
    const endings = await fileNew(desk, mails)
    return new Map(mails.flatMap(({ attempt }, n) => (endings[n] ? [[attempt, endings[n]] as const] : [])))
  }
  const answers = await answersAmong(desk, attempts, alone)
  return answers.length === 0 ? new Map() : fileAnswering(desk, answers)
}

/** What follows in the same transaction finds these by their conversation in Gmail. */
function remember({ filed }: Desk, { waiting: { gmailId } }: Attempt, { messageId }: Ending): void {
  if (messageId) filed.set(gmailId, messageId)
}
