export { domainOf, emailKey } from './addresses.ts'
export { createApiKey, revokeApiKey } from './api-keys.ts'
export { noteChange } from './changes.ts'
export { addDomain, removeDomain } from './domains.ts'
export {
  effectsPauseChanged,
  pageSessionClosed,
  staffDeactivated,
  staffRoleChanged,
  staffStartChanged,
} from './events.ts'
export {
  forgetJobQueues,
  forgetKeys,
  forgetSessions,
  forgetSupersededJobs,
  forgetWithheldActs,
  makePartitions,
  settingsJobs,
} from './jobs.ts'
export { apiKeysOf, workspaceIn } from './overview.ts'
export { failurePage, formToken, plainPage } from './pages/frame.ts'
export { homePage } from './pages/home-page.ts'
export { mountAddonPages } from './pages/index.ts'
export {
  LIVE_SCRIPT,
  type LivePart,
  liveLine,
  livePart,
  livePlace,
  mountLiveParts,
  streamedPlace,
} from './pages/live-parts.ts'
export { allowScripts, enter, show } from './pages/manners.ts'
export { mountPages } from './pages/mounting.ts'
export { isFilledIn } from './pages/own-fields.ts'
export { type Page, type PageAnswer, page, submission, type View, type Visit } from './pages/page.ts'
export { orShowAgain } from './pages/refusing.ts'
export { settingPages } from './pages/setting-pages.ts'
export { settingsPage } from './pages/settings-page.ts'
export { timeIn } from './pages/times.ts'
export { zoneList } from './pages/zone-list.ts'
export { settingsReactions } from './reactions.ts'
export { settingsRoutes } from './routes.ts'
export {
  inShadow,
  mayAffectOutside,
  permitOutside,
  permitThroughMailbox,
  refuseInShadow,
  shadowAmong,
  withholdInShadow,
} from './shadow/door.ts'
export { type Shadow, shadowIn, switchShadow } from './shadow/switching.ts'
export { type Withheld, withheld, withheldSince } from './shadow/withholding.ts'
export { authenticate } from './signing-in.ts'
export {
  changeRole,
  deactivateStaff,
  findStaffByAddress,
  inviteStaff,
  reactivateStaff,
  staffByAddress,
  staffOf,
} from './staff.ts'
export {
  createWorkspace,
  pauseEffects,
  zoneOf,
} from './workspaces.ts'
