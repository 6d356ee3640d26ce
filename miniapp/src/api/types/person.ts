/** What the signed-in citizen sees about themself. */
import type { Schema } from './generated'

export type Me = Schema<'Me'>
export type SessionInfo = Schema<'SessionInfo'>
export type AccessEntry = Schema<'AccessInfo'>
export type LicenceInfo = Schema<'LicenceOut'>
export type Verification = Schema<'VerificationOut'>
export type Favourite = Schema<'FavouriteOut'>
