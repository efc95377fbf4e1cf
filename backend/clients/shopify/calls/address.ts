const RENAMED: Record<string, string> = { country: 'countryCode', province: 'provinceCode' }

/** MailingAddressInput of an address with our names of its parts; blank ones are left out. */
export const addressInput = (address: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(address)
      .filter(([, value]) => value.trim() !== '')
      .map(([name, value]) => [RENAMED[name] ?? name, value]),
  )
