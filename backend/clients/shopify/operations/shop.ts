import { query } from './operation.ts'

export const about = query(
  'About',
  5,
  `query About {
  shop {
    id
    name
    myshopifyDomain
    currencyCode
    ianaTimezone
    orderNumberFormatPrefix
    orderNumberFormatSuffix
    plan { publicDisplayName shopifyPlus partnerDevelopment }
  }
  currentAppInstallation { accessScopes { handle } }
  publicApiVersions { handle supported }
}`,
)
