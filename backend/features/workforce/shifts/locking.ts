import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { dayWords } from './words.ts'

/**
 * Lets one at a time plan in a workspace: a plan is about days of many people, and is changed rarely. First this, then people's rows
 * (`heldPeople`), then the rest; whoever sends somebody away holds their row and plans nothing.
 */
export const lockPlan = (tx: Tx) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`plan of ${tx.workspaceId}`}, 0))`

/** Somebody who can be planned; `startedOn` is YYYY-MM-DD. */
export type Planned = { id: string; name: string; startedOn: string | null }

/** Those of some people who work here. Their rows are held: who is sent away at this moment is gone already, or goes after this. */
export const heldPeople = (tx: Tx, staffIds: readonly string[]): Promise<Planned[]> => tx.$queryRaw<Planned[]>`
  select s.id::text, s.name, s.started_on::text as "startedOn" from desk.staff s
  where s.workspace_id = ${tx.workspaceId}::uuid and s.id = any(${[...staffIds]}::uuid[])
    and s.state <> 'deactivated' and s.role = any(${[...PEOPLE_AT_WORK]}::text[]) order by s.id for share`

/** The same for one. @throws DeskError not_found for who does not work on tickets */
export async function heldPerson(tx: Tx, staffId: string): Promise<Planned> {
  const [person] = await heldPeople(tx, [staffId])
  if (!person)
    throw new DeskError('not_found', 'Nobody who works on tickets here has this id. Choose somebody of the team.')
  return person
}

/** Why somebody is not planned on a day; null when they may be. @param day YYYY-MM-DD */
export const startProblemOf = ({ name, startedOn }: Planned, day: string): string | null =>
  startedOn !== null && day < startedOn ? `${name} starts on ${dayWords(startedOn)}. Choose a day from then on.` : null
