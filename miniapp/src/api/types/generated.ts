/** Types of the citizen API, from server/openapi/citizen.json: `npm run types` writes schema.d.ts, the gate compares. */
import type { components } from '../schema'

export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
