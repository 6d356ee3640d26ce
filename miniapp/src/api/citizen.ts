/** The citizen API's endpoints about the person and the catalogue. */
import { api, open } from './client'
import type { SearchAnswer, Suggestion } from './types/catalog'
import type { Schema } from './types/generated'
import type { AccessEntry, Favourite, LicenceInfo, Me, SessionInfo, Verification } from './types/person'

export const sendLoginCode = (phone: string) =>
  api<Schema<'CodeSent'>>({ method: 'POST', path: '/login-codes', body: { phone } })
export const signIn = (phone: string, code: string, device: string) =>
  api<Schema<'LoggedIn'>>({ method: 'POST', path: '/sessions', body: { phone, code, device } })
export const signOut = () => api<void>({ method: 'DELETE', path: '/sessions/current' })
export const getSessions = () => api<SessionInfo[]>({ path: '/sessions' })
export const endSession = (id: string) => api<void>({ method: 'DELETE', path: `/sessions/${id}` })
export const getDemoCitizens = () => api<Schema<'DemoCitizen'>[]>({ path: '/demo/citizens' })

export const getMe = () => api<Me>({ path: '/me' })
export const updateMe = (body: Schema<'SettingsChange'>) => api<Me>({ method: 'PATCH', path: '/me', body })
export const proveRealName = (name: string, id_number: string) =>
  api<Me>({ method: 'POST', path: '/me/real-name', body: { name, id_number } })
export const getAccessLog = () => api<AccessEntry[]>({ path: '/me/access-log' })

export const search = (q: string, audience?: string, limit = 20) =>
  api<SearchAnswer>({ path: '/search', query: { q, audience, limit } })
export const suggest = (q: string) => api<Suggestion[]>({ path: '/search/suggest', query: { q } })

export const getFavourites = () => api<Favourite[]>({ path: '/favourites' })
export const addFavourite = (code: string) => api<void>({ method: 'PUT', path: `/favourites/${code}` })
export const removeFavourite = (code: string) => api<void>({ method: 'DELETE', path: `/favourites/${code}` })

export const getLicences = () => api<LicenceInfo[]>({ path: '/licences' })
export const openLicence = (id: string, name: string) => open(`/licences/${id}/file`, `${name}.pdf`)
export const verify = (code: string) => api<Verification>({ path: `/verifications/${encodeURIComponent(code)}` })
