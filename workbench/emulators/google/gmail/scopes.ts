const at = (name: string) => `https://www.googleapis.com/auth/gmail.${name}`

export const SCOPE = {
  mail: 'https://mail.google.com/',
  modify: at('modify'),
  readonly: at('readonly'),
  metadata: at('metadata'),
  compose: at('compose'),
  send: at('send'),
  insert: at('insert'),
  labels: at('labels'),
  settingsBasic: at('settings.basic'),
} as const

/** Which scopes open which methods, from Gmail's discovery document. */
export const MAY = {
  seeMetadata: [SCOPE.mail, SCOPE.modify, SCOPE.readonly, SCOPE.metadata],
  seeProfile: [SCOPE.mail, SCOPE.modify, SCOPE.readonly, SCOPE.metadata, SCOPE.compose],
  read: [SCOPE.mail, SCOPE.modify, SCOPE.readonly],
  change: [SCOPE.mail, SCOPE.modify],
  destroy: [SCOPE.mail],
  send: [SCOPE.mail, SCOPE.modify, SCOPE.compose, SCOPE.send],
  insert: [SCOPE.mail, SCOPE.modify, SCOPE.insert],
  draft: [SCOPE.mail, SCOPE.modify, SCOPE.compose],
  readDraft: [SCOPE.mail, SCOPE.modify, SCOPE.compose, SCOPE.readonly],
  seeLabels: [SCOPE.mail, SCOPE.modify, SCOPE.readonly, SCOPE.metadata, SCOPE.labels],
  changeLabels: [SCOPE.mail, SCOPE.modify, SCOPE.labels],
  seeSettings: [SCOPE.mail, SCOPE.modify, SCOPE.readonly, SCOPE.settingsBasic],
} as const

/** True when metadata is all the token may see: no bodies, no search. */
export const onlyMetadata = (scopes: string[]) => !MAY.read.some((scope) => scopes.includes(scope))
