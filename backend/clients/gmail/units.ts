/**
 * What a call costs of the quota per user and minute, for projects that Google counts by the table of May 2026. Older projects pay less for
 * reading a mail and have more units; counted this way they are only more careful than they have to be.
 */
const UNITS: Record<string, number> = {
  getProfile: 1,
  'history.list': 2,
  'messages.list': 5,
  'messages.get': 20,
  'messages.modify': 5,
  'messages.batchModify': 50,
  'messages.send': 100,
  'labels.list': 1,
  'labels.get': 1,
  'labels.create': 5,
  'labels.patch': 5,
  'labels.delete': 5,
  'settings.sendAs.list': 1,
  watch: 100,
}

/** A call that is not in the table is taken for one of the dearer reading ones. */
const OTHERWISE = 20

/** @param method as Google names it, without `gmail.users.` */
export const unitsOf = (method: string): number => UNITS[method] ?? OTHERWISE
