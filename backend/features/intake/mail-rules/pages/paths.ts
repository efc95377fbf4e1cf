/** All that says which mail becomes a ticket stands below one address. */
export const RULES_PATH = '/settings/mail-rules'
export const SENDERS_PATH = `${RULES_PATH}/senders`
export const IGNORED_PATH = `${RULES_PATH}/ignored`
export const FORMS_PATH = `${RULES_PATH}/forms`
