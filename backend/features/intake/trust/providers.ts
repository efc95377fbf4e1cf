/** Houses where everybody may have an address: that two of them have the same local part says nothing. */
const PROVIDERS = new Set([
  'gmail.com', 'googlemail.com', 'ymail.com', 'yahoo.com', 'yahoo.de', 'yahoo.fr', 'yahoo.co.uk', 'outlook.com', 'outlook.de', 'outlook.fr',
  'hotmail.com', 'hotmail.de', 'hotmail.fr', 'hotmail.co.uk', 'live.com', 'live.de', 'msn.com', 'icloud.com', 'me.com', 'mac.com', 'aol.com',
  'gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com', 'web.de', 'mail.com', 'mail.de', 'mail.ru', 'email.de', 'freenet.de', 't-online.de',
  'proton.me', 'protonmail.com', 'pm.me', 'posteo.de', 'posteo.net', 'mailbox.org', 'zoho.com', 'yandex.com', 'yandex.ru', 'fastmail.com',
]) // biome-ignore format: a list

export const isProvider = (domain: string): boolean => PROVIDERS.has(domain)
