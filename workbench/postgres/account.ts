import { readFileSync, statSync } from 'node:fs'
import { PostgresUnavailable } from './unavailable.ts'

export interface Account {
  name: string
  uid: number
  gid: number
}

/** Whom PostgreSQL must run as; undefined means the current user. It refuses to run as root, and initdb needs an account with a name. */
export function accountFor(dataDir: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = listAccounts()
  const owner = statSync(dataDir, { throwIfNoEntry: false })?.uid
  const found =
    accounts.find((account) => account.uid === owner) ??
    accounts.find((account) => account.name === 'postgres') ??
    accounts.find((account) => account.name === 'nobody') ??
    accounts[0]
  if (!found) throw new PostgresUnavailable('PostgreSQL does not run as root, and /etc/passwd names no other account.')
  return found
}

function listAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid }) => name !== '' && uid > 0)
}
