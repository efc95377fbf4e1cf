import { customerResource } from './customer.ts'
import { findingCustomers } from './finding.ts'

export const customerResources = [customerResource, findingCustomers]
