/** What the pretended Google knows before the first mail; given at every start, never stored. */
export interface GoogleSeed {
  /** Domains of the Workspace organisation; the first is the primary one and becomes `hd`. */
  domains: string[]
  users: SeedUser[]
  /** Address of the user whose mailbox receives the routing copies. */
  archive: string
  groups: SeedGroup[]
  /** Known outsiders; any other outside address is accepted too and gets a ledger on its first mail. */
  people?: SeedPerson[]
  oauthClients?: SeedOAuthClient[]
  serviceAccounts?: SeedServiceAccount[]
  /** Refresh tokens that exist from the start, so that a backend can be configured before anybody consents. */
  refreshTokens?: SeedRefreshToken[]
}

export interface SeedUser {
  email: string
  name: string
  /** Google's stable account number (21 digits); derived from the address when left out. */
  sub?: string
  aliases?: string[]
  /** Addresses the user may send as, besides the own one. Groups and aliases are not implied. */
  sendAs?: { email: string; name?: string; verified?: boolean }[]
}

export interface SeedGroup {
  email: string
  name: string
  members: string[]
}

export interface SeedPerson {
  email: string
  name?: string
  /** What Google's receiving server concludes about this sender's mail. */
  authentication?: Authentication
  /** A domain that publishes reject makes Google Groups rewrite From. */
  dmarcPolicy?: DmarcPolicy
  /** Mail to this address bounces. */
  refuses?: boolean
}

export interface SeedOAuthClient {
  id: string
  secret?: string
  type: 'installed' | 'web'
  redirectUris?: string[]
}

export interface SeedServiceAccount {
  email: string
  clientId: string
  /** PEM, SPKI. */
  publicKey: string
  /** Scopes the organisation's administrator delegated domain-wide. */
  scopes: string[]
}

export interface SeedRefreshToken {
  token: string
  email: string
  clientId: string
  scopes: string[]
}

export type Authentication = 'pass' | 'fail' | 'none'
export type DmarcPolicy = 'none' | 'quarantine' | 'reject'

export interface Clock {
  now(): Date
}
