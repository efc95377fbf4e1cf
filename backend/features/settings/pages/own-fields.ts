/** What pages put into their forms themselves. */
const OWN = /^(form|press|card|ticket|back|seen)$|^(was|act|kept)\./

/** Whether a field of a form is one that people fill in. */
export const isFilledIn = (name: string): boolean => !OWN.test(name)

/** The same, or what somebody had typed on a page below: it goes along under another name. */
export const holdsWords = (name: string): boolean => isFilledIn(name) || name.startsWith('kept.')
