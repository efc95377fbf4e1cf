import type { Directory } from './directory.ts'
import type { Faults } from './faults.ts'
import type { Quota } from './gmail/quota.ts'
import type { SigningKey } from './oauth/jwt.ts'
import type { Tokens } from './oauth/tokens.ts'
import type { Clock } from './seed.ts'
import type { Store } from './store/store.ts'

/** What every part of the emulation stands on. */
export interface Ground {
  store: Store
  directory: Directory
  tokens: Tokens
  faults: Faults
  quota: Quota
  key: SigningKey
  clock: Clock
  settings: Settings
}

export interface Settings {
  /** Whether mail sent from an alias names the agent's own address in a Sender header. */
  senderHeader: boolean
}
